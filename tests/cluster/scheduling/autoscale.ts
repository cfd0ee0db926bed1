import type { KubeClient } from "../control-plane/client";
import { namespaceOf, numberAt, textAt, type KubeObject } from "../control-plane/json";
import { inParallel } from "../control-plane/wait";

/** A HorizontalPodAutoscaler and its target. */
export interface Scaler {
    readonly object: KubeObject;
    readonly namespace: string;
    readonly min: number;
    readonly max: number;
    /** Path of the target's scale subresource; undefined when the target's kind is not served. */
    readonly scalePath: string | undefined;
}

const autoscaling = "autoscaling/v2";

/** All HorizontalPodAutoscalers of the cluster. */
export async function scalers(client: KubeClient): Promise<Scaler[]> {
    const found = await client.list(`/apis/${autoscaling}/horizontalpodautoscalers`);
    return Promise.all(
        found.map(async (object) => {
            const namespace = namespaceOf(object) ?? "default";
            const target: KubeObject = {
                apiVersion: textAt(object, "spec", "scaleTargetRef", "apiVersion") ?? "apps/v1",
                kind: textAt(object, "spec", "scaleTargetRef", "kind") ?? "",
                metadata: { name: textAt(object, "spec", "scaleTargetRef", "name") ?? "", namespace },
            };
            const path = await client.pathOf(target);
            return {
                object,
                namespace,
                min: numberAt(object, "spec", "minReplicas") ?? 1,
                max: numberAt(object, "spec", "maxReplicas") ?? 1,
                scalePath: path === undefined ? undefined : `${path}/scale`,
            };
        }),
    );
}

/** Names of the autoscalers whose target has fewer replicas than the minimum. */
export async function belowMinimum(client: KubeClient): Promise<string[]> {
    const all = await scalers(client);
    const below = await inParallel(all, 8, async ({ object, min, scalePath }) => {
        if (scalePath === undefined) {
            return `${object.metadata.name} (its target is not served)`;
        }
        const scale = await client.must({ method: "GET", path: scalePath });
        return (numberAt(scale, "spec", "replicas") ?? 0) < min ? object.metadata.name : undefined;
    });
    return below.filter((name) => name !== undefined);
}

/**
 * Sets every autoscaler's minimum to its maximum. This simulates a full load without a metrics server: the real controller
 * scales each target to its maximum.
 */
export async function raiseToMaximum(client: KubeClient): Promise<void> {
    await setMinReplicas(client, ({ max }) => max);
}

/** Sets `minReplicas` of every autoscaler to simulate a load. */
export async function setMinReplicas(client: KubeClient, minReplicas: (scaler: Scaler) => number): Promise<void> {
    await inParallel(await scalers(client), 8, (scaler) =>
        client.must({
            method: "PATCH",
            path: `/apis/${autoscaling}/namespaces/${scaler.namespace}/horizontalpodautoscalers/${scaler.object.metadata.name}`,
            contentType: "application/merge-patch+json",
            body: { spec: { minReplicas: minReplicas(scaler) } },
        }),
    );
}
