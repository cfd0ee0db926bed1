import { finding } from "./checks";
import { parseType } from "./kubernetes";
import { elements, leaf, text, type Leaf, type Node } from "./read";
import type { Finding, Metadata, OnUnknown, PolicyResource, ResourceRule, RuleConfig } from "./types";

/** A Kubernetes object of the rule's kinds: the resource itself, or one item of a list. */
export interface ObjectView extends Node {
    readonly partial: boolean;
}

type ObjectRuleArgs = Pick<
    Metadata,
    "name" | "description" | "severity" | "remediationSteps" | "url" | "configSchema"
> & {
    readonly area: string;
    /** Requirement id. */
    readonly reference: string;
    /** Kinds as `group/Kind`; `Kind` for the core group. */
    readonly kinds: readonly string[];
    /** Result for a field that is not known before the update. @default "fail" */
    readonly onUnknown?: OnUnknown;
    readonly check: (object: ObjectView, config: RuleConfig) => Finding[];
};

/** Creates a policy about objects of some kinds, in any version, patches and lists included. Requirement PO-01. */
export function objectRule(args: ObjectRuleArgs): ResourceRule {
    const { area, reference, kinds, onUnknown = "fail", check, ...metadata } = args;
    return {
        scope: "resource",
        ...metadata,
        tags: ["kubernetes", area],
        framework: { name: "E-commerce platform", version: "1", reference, specification: area },
        onUnknown,
        applies: (type) => {
            const found = parseType(type);
            return (
                found !== undefined && kinds.includes(found.group === "" ? found.kind : `${found.group}/${found.kind}`)
            );
        },
        check: (resource, config) =>
            objects(resource).flatMap((object) =>
                object.state === "unknown"
                    ? [finding(object, "")]
                    : check({ value: object.value, path: object.path, partial: isPatch(resource) }, config),
            ),
    };
}

function isPatch({ type }: PolicyResource): boolean {
    return parseType(type)?.partial === true;
}

/** The resource itself, or the items of a list; an unknown leaf where the items are not known. */
function objects({ type, props }: PolicyResource): Leaf[] {
    const root = { value: props, path: "" };
    if (parseType(type)?.list !== true) {
        return [{ state: "known", ...root }];
    }
    const { unknown, items } = elements(root, "items");
    return unknown ? [leaf(root, "items")] : items.filter(({ state }) => state !== "absent");
}

/** `namespace/name`, as used in allow lists; undefined if either is unknown. */
export function objectId(object: Node): string | undefined {
    const namespace = leaf(object, "metadata", "namespace");
    const name = text(leaf(object, "metadata", "name"));
    return namespace.state === "unknown" || name === undefined ? undefined : `${text(namespace) ?? "default"}/${name}`;
}

/** The strings of a list in a policy's config. @default `shipped` */
export function configList(config: RuleConfig, key: string, shipped: readonly string[] = []): readonly string[] {
    const list = config[key];
    return Array.isArray(list) ? list.filter((one): one is string => typeof one === "string") : shipped;
}

/** Config schema with one list of strings. */
export function listSchema(
    key: string,
    description: string,
    shipped: readonly string[] = [],
): NonNullable<Metadata["configSchema"]> {
    return { properties: { [key]: { type: "array", items: { type: "string" }, default: [...shipped], description } } };
}

/** Whether a leaf's value is in the list; false if unknown. */
export function isListed(found: Leaf, list: readonly string[]): boolean {
    const value = text(found);
    return value !== undefined && list.includes(value);
}
