import { setTimeout as sleep } from "node:timers/promises";

import type { KubeClient } from "../control-plane/client";
import {
    labelsOf,
    isObject,
    listAt,
    namespaceOf,
    textAt,
    type JsonObject,
    type KubeObject,
} from "../control-plane/json";
import type { ControlPlane } from "../control-plane/start";

/** Label of the nodes that Karpenter created; the value is the NodePool's name. */
export const nodePoolLabel = "karpenter.sh/nodepool";

/** Nodes that Karpenter created, for one NodePool or all. */
export async function provisionedNodes(client: KubeClient, pool?: string): Promise<KubeObject[]> {
    return client.list("/api/v1/nodes", {
        labelSelector: pool === undefined ? nodePoolLabel : `${nodePoolLabel}=${pool}`,
    });
}

/** All NodeClaims. */
export async function nodeClaims(client: KubeClient): Promise<KubeObject[]> {
    return client.list("/apis/karpenter.sh/v1/nodeclaims");
}

/** Messages of Karpenter's events with a reason, by `<namespace>/<name>` of the object. */
export async function eventMessages(client: KubeClient, reason: string): Promise<ReadonlyMap<string, string>> {
    const events = await client.list("/api/v1/events", { fieldSelector: `reason=${reason},source=karpenter` });
    return new Map(
        events.map((event) => {
            const namespace = textAt(event, "involvedObject", "namespace");
            const name = textAt(event, "involvedObject", "name") ?? "";
            return [namespace === undefined ? name : `${namespace}/${name}`, textAt(event, "message") ?? ""];
        }),
    );
}

/** `<namespace>/<name>`, as {@link eventMessages} names a pod. */
export function podName(pod: KubeObject): string {
    return `${namespaceOf(pod) ?? ""}/${pod.metadata.name}`;
}

/** Entries of Karpenter's JSON log with a message. */
export function logEntries(plane: ControlPlane, message: string): JsonObject[] {
    return plane
        .tail("karpenter", 10_000)
        .split("\n")
        .flatMap((line) => {
            try {
                const entry = JSON.parse(line) as unknown;
                return isObject(entry) && entry["message"] === message ? [entry] : [];
            } catch {
                return [];
            }
        });
}

/** Maximum numbers of nodes that were observed at one time. */
export interface NodePeak {
    /** Nodes with the labels, created by Karpenter or not. */
    nodes: number;
    /** Of these, nodes that Karpenter is removing. */
    disrupted: number;
}

/** Records the maximum number of nodes with some labels until it is stopped; polls every 200 ms. */
export class NodeWatch {
    private readonly peak: NodePeak = { nodes: 0, disrupted: 0 };
    private readonly done: Promise<void>;
    private stopped = false;

    public constructor(
        private readonly client: KubeClient,
        private readonly labels: Readonly<Record<string, string>>,
    ) {
        this.done = this.loop();
        // stop() reports the error; a test that fails before stop() must not cause an unhandled rejection.
        this.done.catch(() => undefined);
    }

    public async stop(): Promise<NodePeak> {
        this.stopped = true;
        await this.done;
        return this.peak;
    }

    private async loop(): Promise<void> {
        while (!this.stopped) {
            const nodes = (await this.client.list("/api/v1/nodes")).filter((node) =>
                Object.entries(this.labels).every(([key, value]) => labelsOf(node)[key] === value),
            );
            this.peak.nodes = Math.max(this.peak.nodes, nodes.length);
            this.peak.disrupted = Math.max(this.peak.disrupted, nodes.filter(isDisrupted).length);
            await sleep(200);
        }
    }
}

function isDisrupted(node: KubeObject): boolean {
    return (
        node.metadata["deletionTimestamp"] !== undefined ||
        listAt(node, "spec", "taints").some((taint) => textAt(taint, "key") === "karpenter.sh/disrupted")
    );
}
