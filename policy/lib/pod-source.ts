import type { CustomKind, PodLocation } from "../../custom-resources/pod-types";
import { customKinds } from "../../custom-resources/pods";
import { locatedPods } from "./custom-pods";
import { parseType, type ObjectType } from "./kubernetes";
import { elements, leaf, text, type Leaf, type Node } from "./read";

const template = (kind: string, at: string, ...apiGroups: readonly string[]): CustomKind[] =>
    apiGroups.map((apiGroup) => ({ apiGroup, kind, pods: [{ at: "", template: at, whole: true }] }));

/** Where the built-in kinds keep their pod. */
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
    /** An operator fills in what is left out, so only what is set can be judged. */
    readonly completed: boolean;
    /** The object that holds `metadata` and `spec`. */
    readonly pod: Leaf;
}

type Locations = ReadonlyMap<string, readonly PodLocation[]>;

const indexes = new WeakMap<readonly CustomKind[], Locations>();

/** By `group/Kind`. One list of kinds serves a whole run, so that its index is made once. */
function locationsOf(kinds: readonly CustomKind[]): Locations {
    const kept = indexes.get(kinds);
    if (kept !== undefined) {
        return kept;
    }
    const index = new Map<string, readonly PodLocation[]>();
    for (const { apiGroup, kind, pods } of [...builtInKinds, ...kinds]) {
        const key = `${apiGroup}/${kind}`;
        // Two tables may know the same kind: neither takes away what the other one finds.
        index.set(key, [...(index.get(key) ?? []), ...pods]);
    }
    indexes.set(kinds, index);
    return index;
}

/** The type, when it can hold pods: a kind of the tables in its own group, or a bare List of anything. */
function parse(type: string, index: Locations): ObjectType | undefined {
    const found = parseType(type);
    if (found === undefined) {
        return undefined;
    }
    const { group, kind, list } = found;
    return (kind === "" ? list && group === "" : index.has(`${group}/${kind}`)) ? found : undefined;
}

/** Whether a resource of this type can hold pods. @param kinds the custom kinds that are known */
export function holdsPods(type: string, kinds: readonly CustomKind[] = customKinds): boolean {
    return parse(type, locationsOf(kinds)) !== undefined;
}

/**
 * The pods of a resource: one for most kinds, one an item for lists, none where a template is left out; of a custom
 * kind as many as it describes.
 */
export function podSources(
    type: string,
    props: Record<string, unknown>,
    kinds: readonly CustomKind[] = customKinds,
): PodSource[] {
    const index = locationsOf(kinds);
    const known = parse(type, index);
    const root: Node = { value: props, path: "" };
    if (known === undefined) {
        return [];
    }
    if (!known.list) {
        return sources(root, known, known.partial, index);
    }
    const { unknown, items } = elements(root, "items");
    if (unknown) {
        return [unreadable(`${known.kind}List`, known.partial, { state: "unknown", path: "items" })];
    }
    return items.flatMap((item) => listed(item, known, index));
}

function unreadable(kind: string, partial: boolean, pod: Leaf): PodSource {
    return { kind, partial, completed: false, pod };
}

function listed(item: Leaf, known: ObjectType, index: Locations): PodSource[] {
    if (item.state !== "known") {
        return item.state === "absent" ? [] : [unreadable(`${known.kind}List`, known.partial, item)];
    }
    if (known.kind !== "") {
        return sources(item, known, known.partial, index);
    }
    // A bare List contains items of different kinds.
    const kind = leaf(item, "kind");
    if (kind.state === "unknown") {
        return [unreadable("List", known.partial, kind)];
    }
    const version = text(leaf(item, "apiVersion")) ?? "v1";
    const own = parse(`kubernetes:${version}:${text(kind) ?? ""}`, index);
    return own === undefined || own.list ? [] : sources(item, own, known.partial || own.partial, index);
}

function sources(node: Node, { group, kind }: ObjectType, partial: boolean, index: Locations): PodSource[] {
    return (index.get(`${group}/${kind}`) ?? [])
        .flatMap((location) => locatedPods(node, location, partial))
        .map(({ pod, completed }) => ({ kind: partial ? `${kind}Patch` : kind, partial, completed, pod }));
}
