import { zonePrefix } from "../../../../config/zones";
import { isObject, type Json } from "../../json";
import type { PlannedResource } from "../../record/types";

/** Converts a text to its form in a golden plan. */
export type Mark = (text: string) => string;

/**
 * Replaces a stack's name, account and region by `<stack>`, `<account>` and `<region>`, so that values that only differ in
 * these are equal for every stack. Account and region are read from the plan's providers.
 */
export function marksOf(stack: string, resources: readonly PlannedResource[]): Mark {
    const cloud = resources.find(({ type, name }) => type === `pulumi:providers:${name}` && /^(aws|gcp)$/.test(name));
    const { region, allowedAccountIds: accounts } = cloud?.inputs ?? {};
    const account = typeof accounts === "string" ? /\d{12}/.exec(accounts)?.[0] : undefined;
    const marks = [
        ["<stack>", new RegExp(`(?<![A-Za-z0-9])${stack}(?![A-Za-z0-9])`, "g")],
        ...(account === undefined ? [] : [["<account>", new RegExp(account, "g")] as const]),
        // Ids of zones begin with an abbreviation of it: use1-az1.
        ...(typeof region === "string" && cloud?.name === "aws"
            ? [["<region>-az", new RegExp(`(?<![a-z0-9])${zonePrefix("aws", region, true)}`, "g")] as const]
            : []),
        // Also in names of zones: us-east-1a, us-central1-a.
        ...(typeof region === "string" ? [["<region>", new RegExp(`${region}(?!\\d)`, "g")] as const] : []),
    ] as const;
    return (text) => marks.reduce((result, [mark, value]) => result.replace(value, mark), text);
}

/** Applies `mark` to every text of a value, including keys. */
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
