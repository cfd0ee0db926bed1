import { joined, steps, type FieldPath, type OwnContainer, type PodLocation } from "../../custom-resources/pod-types";
import { assembled, assembledList, elements, isObject, leaf, type Leaf, type Node } from "./read";

/** A pod description, or the part of it that is unknown. */
export interface LocatedPod {
    /** The object with `metadata` and `spec`. */
    readonly pod: Leaf;
    /** True if the operator adds absent fields, which are then no violations. */
    readonly completed: boolean;
}

/**
 * The pods that a location describes in an object: the template, and a pod assembled from the kind's own fields. They
 * contain only fields that are set; the operator's defaults for the others are not checked.
 *
 * @param patch whether the object is a patch, in which an absent field keeps the cluster's value
 */
export function locatedPods(root: Node, location: PodLocation, patch: boolean): LocatedPod[] {
    return matchingFields(root, location.at).flatMap((base): LocatedPod[] => {
        if (base.state !== "known") {
            return base.state === "unknown" ? [{ pod: base, completed: true }] : [];
        }
        if (!isOn(root, base, location.when)) {
            return [];
        }
        return [...template(root, base, location), ...ownFields(root, base, location, patch)];
    });
}

/** All fields that match a path with `*`. */
function matchingFields(root: Node, path: FieldPath): Leaf[] {
    return steps(path).reduce<Leaf[]>(
        (found, step) =>
            found.flatMap((parent) => {
                if (parent.state !== "known") {
                    return parent.state === "unknown" ? [parent] : [];
                }
                if (step !== "*") {
                    return [leaf(parent, step)];
                }
                const { unknown, items } = elements(parent);
                return unknown ? [{ state: "unknown", path: parent.path }] : items;
            }),
        [{ state: "known", ...root }],
    );
}

function read(root: Node, base: Node, path: FieldPath): Leaf {
    return leaf(path.startsWith("/") ? root : base, ...steps(path));
}

/** Whether the condition is true; an unknown value counts as true. */
function isOn(root: Node, base: Node, when: FieldPath | undefined): boolean {
    const found = when === undefined ? undefined : read(root, base, when);
    return found === undefined || found.state === "unknown" || found.value === true;
}

function template(root: Node, base: Node, { template: path, whole }: PodLocation): LocatedPod[] {
    const pod = path === undefined ? undefined : read(root, base, path);
    return pod === undefined || pod.state === "absent" || (pod.state === "known" && !isObject(pod.value))
        ? []
        : [{ pod, completed: whole !== true }];
}

function ownFields(root: Node, base: Leaf & Node, { fields }: PodLocation, patch: boolean): LocatedPod[] {
    if (fields === undefined) {
        return [];
    }
    const get = (path: FieldPath): Leaf => read(root, base, path);
    const own = (fields.containers ?? []).filter(({ when }) => isOn(root, base, when));
    const list = (init: boolean, more: FieldPath | undefined): Leaf => {
        const containers = own
            .filter((one) => (one.init === true) === init)
            .map((one) => container(one, get, base, patch));
        const { unknown, items } = more === undefined ? { unknown: false, items: [] } : elementsOf(get(more));
        return unknown && more !== undefined
            ? { state: "unknown", path: joined(base.path, more) }
            : { state: "known", path: base.path, value: assembledList([...containers, ...items]) };
    };
    const spec = {
        ...tree(fields.spec ?? {}, get, base.path),
        initContainers: list(true, fields.moreInitContainers),
        containers: list(false, fields.moreContainers),
    };
    const metadata = tree(fields.metadata ?? {}, get, base.path);
    const value = assembled({ metadata: holder(metadata, base.path), spec: holder(spec, base.path) });
    return [{ pod: { state: "known", path: base.path, value }, completed: true }];
}

function elementsOf(list: Leaf): { readonly unknown: boolean; readonly items: Leaf[] } {
    return list.state === "known" ? elements(list) : { unknown: list.state === "unknown", items: [] };
}

function container(one: OwnContainer, get: (path: FieldPath) => Leaf, base: Node, patch: boolean): Leaf {
    const { name, fields, defaultResources } = one;
    const found = tree(fields, get, base.path);
    const { resources } = found;
    // Without an operator default, absent resources are the same violation as an empty object.
    const noResources = resources?.state === "absent" && defaultResources === undefined && !patch;
    return holder(
        {
            ...found,
            ...(noResources ? { resources: { state: "known", path: resources.path, value: {} } as const } : {}),
            name: { state: "known", path: base.path, value: name },
        },
        base.path,
    );
}

function holder(fields: Readonly<Record<string, Leaf>>, path: string): Leaf {
    return { state: "known", path, value: assembled(fields) };
}

/** Fields by name; a name with dots is a field of a nested object. */
function tree(
    fields: Readonly<Record<string, FieldPath>>,
    get: (path: FieldPath) => Leaf,
    path: string,
): Record<string, Leaf> {
    const result: Record<string, Leaf> = {};
    const nested = new Map<string, Record<string, FieldPath>>();
    for (const [name, place] of Object.entries(fields)) {
        const [first = "", ...rest] = name.split(".");
        if (rest.length === 0) {
            result[first] = get(place);
        } else {
            nested.set(first, { ...nested.get(first), [rest.join(".")]: place });
        }
    }
    for (const [name, inner] of nested) {
        const found = tree(inner, get, path);
        if (Object.values(found).some(({ state }) => state !== "absent")) {
            result[name] ??= holder(found, path);
        }
    }
    return result;
}
