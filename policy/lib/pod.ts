import type { CustomKind } from "../../custom-resources/pod-types";
import { customKinds } from "../../custom-resources/pods";
import { podSources, type PodSource } from "./pod-source";
import { elements, leaf, text, type Leaf, type Node } from "./read";
import type { Finding, PolicyResource } from "./types";

/** The three container lists of a pod; native sidecars are init containers. */
const containerLists = [
    ["initContainers", "init container"],
    ["containers", "container"],
    ["ephemeralContainers", "ephemeral container"],
] as const;

/** A container of any of the lists. */
export interface ContainerView extends Node {
    /** For example `init container "migrate"`; the index replaces an absent or unknown name. */
    readonly subject: string;
    readonly list: (typeof containerLists)[number][0];
}

/** A pod whose spec is known; single fields may be unknown. */
export interface PodView {
    /** Kind of the resource, `Deployment` or `DeploymentPatch`. */
    readonly kind: string;
    /** True for patches and for pods that an operator completes: absent fields cannot be checked. */
    readonly partial: boolean;
    /** True for pods that an operator completes. An object that is set replaces the operator's, so it is checked as complete. */
    readonly completed: boolean;
    readonly metadata: Node;
    readonly spec: Node;
    readonly containers: readonly ContainerView[];
    /** `spec.os.name` is `windows`: Linux-only rules do not apply. */
    readonly windows: boolean;
    /** `spec.hostUsers` is false: root in the container is an unprivileged user on the node. */
    readonly userNamespace: boolean;
}

/** The readable pods of a resource, and findings for the parts that are unknown before the update. */
export interface PodReading {
    readonly pods: readonly PodView[];
    readonly unreadable: readonly Finding[];
}

const readings = new WeakMap<object, { readonly kinds: readonly CustomKind[]; readonly reading: PodReading }>();

/**
 * The pods of a resource. Cached by the resource's inputs, because every policy reads the same pods.
 *
 * @param kinds custom kinds that describe pods
 */
export function readPods(resource: PolicyResource, kinds: readonly CustomKind[] = customKinds): PodReading {
    const cached = readings.get(resource.props);
    if (cached?.kinds === kinds) {
        return cached.reading;
    }
    const pods: PodView[] = [];
    const unreadable: Finding[] = [];
    for (const source of podSources(resource.type, resource.props, kinds)) {
        const pod = readPod(source, unreadable);
        if (pod !== undefined) {
            pods.push(pod);
        }
    }
    const reading = { pods, unreadable };
    readings.set(resource.props, { kinds, reading });
    return reading;
}

function readPod(source: PodSource, unreadable: Finding[]): PodView | undefined {
    const { kind, partial, completed, pod } = source;
    if (pod.state !== "known") {
        unreadable.push(unreadableAt(pod.path));
        return undefined;
    }
    const spec = leaf(pod, "spec");
    if (spec.state !== "known") {
        if (spec.state === "unknown") {
            unreadable.push(unreadableAt(spec.path));
        }
        return undefined;
    }
    const metadata = leaf(pod, "metadata");
    if (metadata.state === "unknown") {
        unreadable.push(unreadableAt(metadata.path));
    }
    return {
        kind,
        partial: partial || completed,
        completed: completed && !partial,
        metadata: { value: metadata.value, path: metadata.path },
        spec,
        containers: containerLists.flatMap(([list, label]) => readContainers(spec, list, label, unreadable)),
        windows: text(leaf(spec, "os", "name")) === "windows",
        userNamespace: leaf(spec, "hostUsers").value === false,
    };
}

function readContainers(
    spec: Node,
    list: ContainerView["list"],
    label: string,
    unreadable: Finding[],
): ContainerView[] {
    const { unknown, items } = elements(spec, list);
    if (unknown) {
        unreadable.push(unreadableAt(leaf(spec, list).path));
    }
    return items.flatMap((item: Leaf, index) => {
        if (item.state !== "known") {
            if (item.state === "unknown") {
                unreadable.push(unreadableAt(item.path));
            }
            return [];
        }
        const name = text(leaf(item, "name")) ?? `#${index}`;
        return [{ value: item.value, path: item.path, list, subject: `${label} "${name}"` }];
    });
}

function unreadableAt(path: string): Finding {
    return { path, problem: "is not known before the update, so its content cannot be checked", unknown: true };
}
