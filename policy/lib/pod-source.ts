import { parseType, type ObjectType } from "./kubernetes";
import { elements, isObject, leaf, text, type Leaf, type Node } from "./read";

/** Groups of each kind, and the path to the pod's `metadata` and `spec` in it. */
const templates: Readonly<Record<string, { readonly groups: readonly string[]; readonly path: readonly string[] }>> = {
    Pod: { groups: [""], path: [] },
    PodTemplate: { groups: [""], path: ["template"] },
    ReplicationController: { groups: [""], path: ["spec", "template"] },
    Deployment: { groups: ["apps", "extensions"], path: ["spec", "template"] },
    DaemonSet: { groups: ["apps", "extensions"], path: ["spec", "template"] },
    ReplicaSet: { groups: ["apps", "extensions"], path: ["spec", "template"] },
    StatefulSet: { groups: ["apps"], path: ["spec", "template"] },
    Job: { groups: ["batch"], path: ["spec", "template"] },
    CronJob: { groups: ["batch"], path: ["spec", "jobTemplate", "spec", "template"] },
    // Argo's replacement for Deployment, with the same pod template.
    Rollout: { groups: ["argoproj.io"], path: ["spec", "template"] },
};

/** A pod or pod template inside a resource. */
export interface PodSource {
    /** Kind of the resource, `Deployment` or `DeploymentPatch`. */
    readonly kind: string;
    /** True for patches: an absent field keeps the cluster's value, so only set fields can be checked. */
    readonly partial: boolean;
    /** The object with `metadata` and `spec`. */
    readonly pod: Leaf;
}

/** The parsed type if it can contain pods: a kind of the table in its group, or a bare List. */
function parse(type: string): ObjectType | undefined {
    const found = parseType(type);
    if (found === undefined) {
        return undefined;
    }
    const { group, kind, list } = found;
    const known = kind === "" ? list && group === "" : templates[kind]?.groups.includes(group) === true;
    return known ? found : undefined;
}

/** Whether a resource of this type can contain pods. */
export function holdsPods(type: string): boolean {
    return parse(type) !== undefined;
}

/** The pods of a resource: one for most kinds, one per item for lists, none without a template. */
export function podSources(type: string, props: Record<string, unknown>): PodSource[] {
    const known = parse(type);
    const root: Node = { value: props, path: "" };
    if (known === undefined) {
        return [];
    }
    if (!known.list) {
        return source(root, known.kind, known.partial);
    }
    const { unknown, items } = elements(root, "items");
    if (unknown) {
        return [{ kind: `${known.kind}List`, partial: known.partial, pod: { state: "unknown", path: "items" } }];
    }
    return items.flatMap((item) => listed(item, known));
}

function listed(item: Leaf, known: ObjectType): PodSource[] {
    if (item.state !== "known") {
        return item.state === "absent" ? [] : [{ kind: `${known.kind}List`, partial: known.partial, pod: item }];
    }
    if (known.kind !== "") {
        return source(item, known.kind, known.partial);
    }
    // A bare List contains items of different kinds.
    const kind = leaf(item, "kind");
    if (kind.state === "unknown") {
        return [{ kind: "List", partial: known.partial, pod: kind }];
    }
    const version = text(leaf(item, "apiVersion")) ?? "v1";
    const own = parse(`kubernetes:${version}:${text(kind) ?? ""}`);
    return own === undefined || own.list ? [] : source(item, own.kind, known.partial || own.partial);
}

function source(node: Node, kind: string, partial: boolean): PodSource[] {
    const path = templates[kind]?.path ?? [];
    const pod = path.length === 0 ? ({ state: "known", ...node } as const) : leaf(node, ...path);
    if (pod.state === "absent" || (pod.state === "known" && !isObject(pod.value))) {
        return [];
    }
    return [{ kind: partial ? `${kind}Patch` : kind, partial, pod }];
}
