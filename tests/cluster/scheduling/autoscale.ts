import type { KubeClient } from "../control-plane/client";
import { namespaceOf, numberAt, textAt, type KubeObject } from "../control-plane/json";
import { inParallel } from "../control-plane/wait";

/** A HorizontalPodAutoscaler and what it scales. */
export interface Scaler {
    readonly object: KubeObject;
    readonly namespace: string;
    readonly min: number;
    readonly max: number;
    /** Path of the scale of its target; undefined where the target's kind is not served. */
    readonly scalePath: string | undefined;
}

const autoscaling = "autoscaling/v2";

/** Every autoscaler of the cluster. */
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

/** Names of targets that the autoscaler's controller has not brought to their least yet. */
export async function belowMinimum(client: KubeClient): Promise<string[]> {
    const all = await scalers(client);
    const late = await inParallel(all, 8, async ({ object, min, scalePath }) => {
        if (scalePath === undefined) {
            return `${object.metadata.name} (its target is not served)`;
        }
        const scale = await client.must({ method: "GET", path: scalePath });
        return (numberAt(scale, "spec", "replicas") ?? 0) < min ? object.metadata.name : undefined;
    });
    return late.filter((name) => name !== undefined);
}

/**
 * Raises every autoscaler's least to its most. No metrics are served, so this is what a full load looks like to the
 * real controller: it brings each target to its most replicas by itself.
 */
export async function raiseToMaximum(client: KubeClient): Promise<void> {
    await raiseTo(client, ({ max }) => max);
}

/** The same for a load that asks for fewer: `least` says how many replicas an autoscaler is to keep. */
export async function raiseTo(client: KubeClient, least: (scaler: Scaler) => number): Promise<void> {
    await inParallel(await scalers(client), 8, (scaler) =>
        client.must({
            method: "PATCH",
            path: `/apis/${autoscaling}/namespaces/${scaler.namespace}/horizontalpodautoscalers/${scaler.object.metadata.name}`,
            contentType: "application/merge-patch+json",
            body: { spec: { minReplicas: least(scaler) } },
        }),
    );
}
