import { at, listAt, textAt, type Json, type JsonObject } from "../../../json";
import { set, word } from "./text";

/** The rules of a role, or the role and subjects of a binding. */
export function rbacInputs(inputs: JsonObject): JsonObject {
    const words = (rule: Json, key: string): string => listAt(rule, key).map(word).join(",");
    const rules = listAt(inputs, "rules").map(
        (rule) =>
            `${words(rule, "verbs")} ${words(rule, "resources")}${words(rule, "nonResourceURLs")}` +
            ` (${words(rule, "apiGroups") || "core"})`,
    );
    const subjects = listAt(inputs, "subjects").map(
        (subject) =>
            `${textAt(subject, "kind") ?? ""} ${textAt(subject, "namespace") ?? ""}/${textAt(subject, "name") ?? ""}`,
    );
    return {
        ...(rules.length === 0 ? {} : { rules }),
        ...set("role", at(inputs, "roleRef", "name")),
        ...(subjects.length === 0 ? {} : { subjects }),
    };
}
