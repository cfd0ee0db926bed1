import { isObject, type Json } from "../../json";
import type { PlannedResource } from "../../record/types";

/** A text as a golden shows it. */
export type Mark = (text: string) => string;

/**
 * Puts `<stack>`, `<account>` and `<region>` in the place of a stack's own name, account and region, so that what differs
 * in nothing else is the same for every stack. The providers of the plan say which account and region those are.
 */
export function marksOf(stack: string, resources: readonly PlannedResource[]): Mark {
    const cloud = resources.find(({ type, name }) => type === `pulumi:providers:${name}` && /^(aws|gcp)$/.test(name));
    const { region, allowedAccountIds: accounts } = cloud?.inputs ?? {};
    const account = typeof accounts === "string" ? /\d{12}/.exec(accounts)?.[0] : undefined;
    const marks = [
        ["<stack>", new RegExp(`(?<![A-Za-z0-9])${stack}(?![A-Za-z0-9])`, "g")],
        ...(account === undefined ? [] : [["<account>", new RegExp(account, "g")] as const]),
        // Zones are called after their region: us-east-1a, us-central1-a.
        ...(typeof region === "string" ? [["<region>", new RegExp(`${region}(?!\\d)`, "g")] as const] : []),
    ] as const;
    return (text) => marks.reduce((result, [mark, value]) => result.replace(value, mark), text);
}

/** Marks every text of a value, the keys of objects too. */
export function marked(value: Json, mark: Mark): Json {
    if (typeof value === "string") {
        return mark(value);
    }
    if (Array.isArray(value)) {
        return value.map((item) => marked(item, mark));
    }
    return isObject(value)
        ? Object.fromEntries(Object.entries(value).map(([key, item]) => [mark(key), marked(item, mark)]))
        : value;
}
