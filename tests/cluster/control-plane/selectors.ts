import { at, isObject, textsOf, type Json } from "./json";

/** Whether a label selector selects these labels. @throws Error for expressions, which no selector of the plan has. */
export function selectsLabels(selector: Json | undefined, labels: Readonly<Record<string, string>>): boolean {
    if (!isObject(selector) || at(selector, "matchExpressions") !== undefined) {
        throw new Error(`not a selector by labels: ${JSON.stringify(selector)}`);
    }
    return Object.entries(textsOf(at(selector, "matchLabels"))).every(([key, value]) => labels[key] === value);
}
