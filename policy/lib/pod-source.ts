import { parseType, type ObjectType } from "./kubernetes";
import { elements, isObject, leaf, text, type Leaf, type Node } from "./read";

/** Where a kind keeps its pod: the path to the object that holds `metadata` and `spec`. */
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
    // Not a built-in kind, but it replaces a Deployment field by field, so it must not be a way around the rules.
    Rollout: { groups: ["argoproj.io"], path: ["spec", "template"] },
};

/** A pod, or the template of one, inside a resource. */
export interface PodSource {
    /** As declared: `Deployment`, `DeploymentPatch`. */
    readonly kind: string;
    /** A patch: absent fields keep what the cluster has, so only what is set can be judged. */
    readonly partial: boolean;
    /** The object that holds `metadata` and `spec`. */
    readonly pod: Leaf;
}

/** The type, when it can hold pods: a kind of the table in its own group, or a bare List of anything. */
function parse(type: string): ObjectType | undefined {
    const found = parseType(type);
    if (found === undefined) {
        return undefined;
    }
    const { group, kind, list } = found;
    const known = kind === "" ? list && group === "" : templates[kind]?.groups.includes(group) === true;
    return known ? found : undefined;
}

/** Whether a resource of this type can hold pods. */
export function holdsPods(type: string): boolean {
    return parse(type) !== undefined;
}

/** The pods of a resource: one for most kinds, one an item for lists, none where a template is left out. */
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
    // A bare List mixes kinds, and every item says its own.
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
