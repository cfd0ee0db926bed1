import { quantity } from "../../../../config/quantity";
import type { KubeClient } from "../../control-plane/client";
import { at, listAt, textAt, type Json, type KubeObject } from "../../control-plane/json";
import { namespace } from "./surroundings";

/** Objects of a collection of the operators' namespace, by name. */
export async function listed(client: KubeClient, root: string, plural: string): Promise<Map<string, KubeObject>> {
    const objects = await client.list(`${root}/namespaces/${namespace}/${plural}`);
    return new Map(
        objects.map((object) => [object.metadata.name, object] as const).sort(([a], [b]) => (a < b ? -1 : 1)),
    );
}

/** The pods that run, by name: not those of completed Jobs. */
export async function runningPods(client: KubeClient): Promise<Map<string, KubeObject>> {
    const pods = await listed(client, "/api/v1", "pods");
    return new Map([...pods].filter(([, pod]) => textAt(pod, "status", "phase") !== "Succeeded"));
}

/** Name of a pod without what Kubernetes generates for a pod of a Deployment. */
export function workloadOf(pod: string): string {
    return pod.replace(/-[0-9a-z]{6,10}-[0-9a-z]{5}$/, "");
}

/** A value of each pod, by workload. */
export function byWorkload<T>(
    pods: ReadonlyMap<string, KubeObject>,
    valueOf: (pod: KubeObject) => T,
): Record<string, T[]> {
    const values: Record<string, T[]> = {};
    for (const [name, pod] of pods) {
        (values[workloadOf(name)] ??= []).push(valueOf(pod));
    }
    return values;
}

/** What the quota and the scheduler count for a pod with this `spec`: the sum of its containers, or the largest init container. */
export function countedResources(spec: Json | undefined): Record<string, string> {
    const most = (side: string, resource: string): number => {
        const of = (field: string): number[] =>
            listAt(spec, field).map((one) => quantity(textAt(one, "resources", side, resource) ?? "0"));
        return Math.max(
            of("containers").reduce((sum, one) => sum + one, 0),
            ...of("initContainers"),
        );
    };
    const text = (side: string): string =>
        `${Math.round(most(side, "cpu") * 1000)}m ${Math.round(most(side, "memory") / 2 ** 20)}Mi`;
    return { requests: text("requests"), limits: text("limits") };
}

/** Every container of a pod, with init containers. */
export function containersOf(pod: KubeObject): readonly Json[] {
    return [...listAt(pod, "spec", "initContainers"), ...listAt(pod, "spec", "containers")];
}

/** Names of the ready pods behind each Service of the namespace, as its EndpointSlices have them. */
export async function readyEndpoints(client: KubeClient): Promise<Record<string, string[]>> {
    const slices = await client.list(`/apis/discovery.k8s.io/v1/namespaces/${namespace}/endpointslices`);
    const services: Record<string, string[]> = {};
    for (const slice of slices) {
        const service = textAt(slice, "metadata", "labels", "kubernetes.io/service-name") ?? "";
        const ready = listAt(slice, "endpoints")
            .filter((one) => at(one, "conditions", "ready") === true)
            .map((one) => textAt(one, "targetRef", "name") ?? "");
        services[service] = [...(services[service] ?? []), ...ready].sort();
    }
    return services;
}
