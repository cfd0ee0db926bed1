import { images } from "../../../components/common/images";
import { locked } from "../../components/locked";
import { at, isObject, type Json, type JsonObject } from "../control-plane/json";

/** The fields in `keys` that `from` has. */
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

/** Pod security context that Pod Security `restricted` requires; all simulated operators support it. */
export const restrictedPod: JsonObject = {
    runAsNonRoot: true,
    runAsUser: 10001,
    seccompProfile: { type: "RuntimeDefault" },
};

/** Container security context that Pod Security `restricted` requires. */
export const restrictedContainer: JsonObject = {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ["ALL"] },
};

/** Nothing pulls images here, but the plan's admission policies admit only images that the plan declares. */
export const simulatedImage = locked(images.standIn);

/** A container with the name and the resources of the operator's own. */
export function container(name: string, resources: Json | undefined): JsonObject {
    return {
        name,
        image: simulatedImage,
        securityContext: { ...restrictedContainer, readOnlyRootFilesystem: true },
        ...(isObject(resources) ? { resources } : {}),
    };
}

/** Pod anti-affinity over a topology key. */
export function podAntiAffinity(
    topologyKey: string,
    labels: Readonly<Record<string, string>>,
    required: boolean,
): JsonObject {
    const term = { topologyKey, labelSelector: { matchLabels: { ...labels } } };
    return required
        ? { requiredDuringSchedulingIgnoredDuringExecution: [term] }
        : { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm: term }] };
}
