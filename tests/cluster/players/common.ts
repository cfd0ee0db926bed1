import { at, isObject, type Json, type JsonObject } from "../control-plane/json";

/** Reads the fields of `keys` that are there, so that what a resource leaves out is left out of the pod. */
export function pick(from: Json | undefined, ...keys: readonly string[]): JsonObject {
    const result: JsonObject = {};
    for (const key of keys) {
        const value = at(from, key);
        if (value !== undefined) {
            result[key] = value;
        }
    }
    return result;
}

/** What Pod Security `restricted` asks of a pod; all operators played here can be told to do so, or do. */
export const restrictedPod: JsonObject = {
    runAsNonRoot: true,
    runAsUser: 10001,
    seccompProfile: { type: "RuntimeDefault" },
};

/** What Pod Security `restricted` asks of a container. */
export const restrictedContainer: JsonObject = {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ["ALL"] },
};

/** A container that stands for the operator's own: same name, same size. */
export function container(name: string, resources: Json | undefined): JsonObject {
    return {
        name,
        image: "registry.example.com/played:1.0.0",
        securityContext: restrictedContainer,
        ...(isObject(resources) ? { resources } : {}),
    };
}

/** Pod anti-affinity on a topology, as operators write it. */
export function apart(topologyKey: string, labels: Readonly<Record<string, string>>, required: boolean): JsonObject {
    const term = { topologyKey, labelSelector: { matchLabels: { ...labels } } };
    return required
        ? { requiredDuringSchedulingIgnoredDuringExecution: [term] }
        : { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm: term }] };
}
