import { messageOf, type KubeClient } from "../control-plane/client";
import {
    at,
    listAt,
    namespaceOf,
    numberAt,
    textAt,
    titleOf,
    type JsonObject,
    type KubeObject,
} from "../control-plane/json";

const kind = { apiVersion: "keda.sh/v1alpha1", kind: "ScaledObject" };

/** Types of triggers that KEDA turns into a metric of the controller's own: use of a pod's CPU or memory. */
const use = ["cpu", "memory"];

/**
 * The HorizontalPodAutoscaler that KEDA creates for a ScaledObject, without the triggers whose numbers KEDA would serve. Read:
 * kedacore/keda at v2.20.2, controllers/keda/hpa.go.
 */
export function autoscalerOf(scaled: KubeObject): KubeObject {
    const config = at(scaled, "spec", "advanced", "horizontalPodAutoscalerConfig");
    const metrics = listAt(scaled, "spec", "triggers")
        .filter((trigger) => use.includes(textAt(trigger, "type") ?? ""))
        .map((trigger): JsonObject => ({
            type: "Resource",
            resource: {
                name: textAt(trigger, "type") ?? "",
                target: { type: "Utilization", averageUtilization: Number(textAt(trigger, "metadata", "value")) },
            },
        }));
    return {
        apiVersion: "autoscaling/v2",
        kind: "HorizontalPodAutoscaler",
        metadata: {
            name: textAt(config, "name") ?? `keda-hpa-${scaled.metadata.name}`,
            namespace: namespaceOf(scaled) ?? "",
        },
        spec: {
            scaleTargetRef: at(scaled, "spec", "scaleTargetRef") ?? {},
            minReplicas: numberAt(scaled, "spec", "minReplicaCount") ?? 1,
            maxReplicas: numberAt(scaled, "spec", "maxReplicaCount") ?? 100,
            metrics,
            behavior: at(config, "behavior") ?? {},
        },
    };
}

/** Creates the autoscalers of ScaledObjects that have none. */
export async function keda(client: KubeClient, refusals: Map<string, string>): Promise<void> {
    const path = await client.collectionOf(kind.apiVersion, kind.kind);
    for (const scaled of path === undefined ? [] : await client.list(path)) {
        const autoscaler = autoscalerOf(scaled);
        const collection = await client.collectionOf(autoscaler.apiVersion, autoscaler.kind, namespaceOf(scaled));
        const found = await client.call({ method: "GET", path: `${collection ?? ""}/${autoscaler.metadata.name}` });
        if (found.status !== 200) {
            const { status, body } = await client.call({ method: "POST", path: collection ?? "", body: autoscaler });
            if (status >= 300) {
                refusals.set(titleOf(autoscaler), messageOf(body));
            }
        }
    }
}
