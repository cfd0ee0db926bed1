import type { CustomKind, PodLocation } from "../../custom-resources/pod-types";
import { customKinds } from "../../custom-resources/pods";
import { locatedPods } from "./custom-pods";
import { parseType, type ObjectType } from "./kubernetes";
import { elements, leaf, text, type Leaf, type Node } from "./read";

const template = (kind: string, at: string, ...apiGroups: readonly string[]): CustomKind[] =>
    apiGroups.map((apiGroup) => ({ apiGroup, kind, pods: [{ at: "", template: at, whole: true }] }));

/** The pod templates of built-in kinds. */
const builtInKinds: readonly CustomKind[] = [
    ...template("Pod", "", ""),
    ...template("PodTemplate", "template", ""),
    ...template("ReplicationController", "spec.template", ""),
    ...template("Deployment", "spec.template", "apps", "extensions"),
    ...template("DaemonSet", "spec.template", "apps", "extensions"),
    ...template("ReplicaSet", "spec.template", "apps", "extensions"),
    ...template("StatefulSet", "spec.template", "apps"),
    ...template("Job", "spec.template", "batch"),
    ...template("CronJob", "spec.jobTemplate.spec.template", "batch"),
];

/** A pod or pod template inside a resource. */
export interface PodSource {
    /** Kind of the resource, `Deployment` or `DeploymentPatch`. */
    readonly kind: string;
    /** True for patches: an absent field keeps the cluster's value, so only set fields can be checked. */
    readonly partial: boolean;
    /** True if an operator adds absent fields, so only set fields can be checked. */
    readonly completed: boolean;
    /** The object with `metadata` and `spec`. */
    readonly pod: Leaf;
}

type Locations = ReadonlyMap<string, readonly PodLocation[]>;

const indexes = new WeakMap<readonly CustomKind[], Locations>();

/** Locations by `group/Kind`. Cached per array of kinds, of which a run has one. */
function locationsOf(kinds: readonly CustomKind[]): Locations {
    const cached = indexes.get(kinds);
    if (cached !== undefined) {
        return cached;
    }
    const index = new Map<string, readonly PodLocation[]>();
    for (const { apiGroup, kind, pods } of [...builtInKinds, ...kinds]) {
        const key = `${apiGroup}/${kind}`;
        // A kind can be listed more than once; all its locations are checked.
        index.set(key, [...(index.get(key) ?? []), ...pods]);
    }
    indexes.set(kinds, index);
    return index;
}

/** The parsed type if it can contain pods: a listed kind, or a List without a kind. */
function parse(type: string, index: Locations): ObjectType | undefined {
    const found = parseType(type);
    if (found === undefined) {
        return undefined;
    }
    const { group, kind, list } = found;
    return (kind === "" ? list && group === "" : index.has(`${group}/${kind}`)) ? found : undefined;
}

/** Whether a resource of this type can contain pods. @param kinds custom kinds that describe pods */
export function holdsPods(type: string, kinds: readonly CustomKind[] = customKinds): boolean {
    return parse(type, locationsOf(kinds)) !== undefined;
}

/**
 * The pods of a resource: one for most kinds, one per item of a list, none without a template, and for a custom kind one
 * per description.
 */
export function podSources(
    type: string,
    props: Record<string, unknown>,
    kinds: readonly CustomKind[] = customKinds,
): PodSource[] {
    const index = locationsOf(kinds);
    const parsed = parse(type, index);
    const root: Node = { value: props, path: "" };
    if (parsed === undefined) {
        return [];
    }
    if (!parsed.list) {
        return sources(root, parsed, parsed.partial, index);
    }
    const { unknown, items } = elements(root, "items");
    if (unknown) {
        return [unreadable(`${parsed.kind}List`, parsed.partial, { state: "unknown", path: "items" })];
    }
    return items.flatMap((item) => listItemSources(item, parsed, index));
}

function unreadable(kind: string, partial: boolean, pod: Leaf): PodSource {
    return { kind, partial, completed: false, pod };
}

function listItemSources(item: Leaf, list: ObjectType, index: Locations): PodSource[] {
    if (item.state !== "known") {
        return item.state === "absent" ? [] : [unreadable(`${list.kind}List`, list.partial, item)];
    }
    if (list.kind !== "") {
        return sources(item, list, list.partial, index);
    }
    // A bare List contains items of different kinds.
    const kind = leaf(item, "kind");
    if (kind.state === "unknown") {
        return [unreadable("List", list.partial, kind)];
    }
    const version = text(leaf(item, "apiVersion")) ?? "v1";
    const own = parse(`kubernetes:${version}:${text(kind) ?? ""}`, index);
    return own === undefined || own.list ? [] : sources(item, own, list.partial || own.partial, index);
}

function sources(node: Node, { group, kind }: ObjectType, partial: boolean, index: Locations): PodSource[] {
    return (index.get(`${group}/${kind}`) ?? [])
        .flatMap((location) => locatedPods(node, location, partial))
        .map(({ pod, completed }) => ({ kind: partial ? `${kind}Patch` : kind, partial, completed, pod }));
}
