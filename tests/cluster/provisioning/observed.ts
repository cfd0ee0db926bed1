import { setTimeout as sleep } from "node:timers/promises";

import type { KubeClient } from "../control-plane/client";
import { isObject, listAt, namespaceOf, textAt, type JsonObject, type KubeObject } from "../control-plane/json";
import type { ControlPlane } from "../control-plane/start";
import { labelsOf } from "../scheduling/snapshot";

/** Label by which Karpenter knows the nodes that it made, and for which NodePool. */
export const poolOfKarpenter = "karpenter.sh/nodepool";

/** Nodes that Karpenter made, for one NodePool or all of them. */
export async function madeNodes(client: KubeClient, pool?: string): Promise<KubeObject[]> {
    return client.list("/api/v1/nodes", {
        labelSelector: pool === undefined ? poolOfKarpenter : `${poolOfKarpenter}=${pool}`,
    });
}

/** Karpenter's orders for nodes. */
export async function orders(client: KubeClient): Promise<KubeObject[]> {
    return client.list("/apis/karpenter.sh/v1/nodeclaims");
}

/** What Karpenter said of objects that it could do nothing for: `<namespace>/<name>` to its words. */
export async function complaints(client: KubeClient, reason: string): Promise<ReadonlyMap<string, string>> {
    const events = await client.list("/api/v1/events", { fieldSelector: `reason=${reason},source=karpenter` });
    return new Map(
        events.map((event) => {
            const namespace = textAt(event, "involvedObject", "namespace");
            const name = textAt(event, "involvedObject", "name") ?? "";
            return [namespace === undefined ? name : `${namespace}/${name}`, textAt(event, "message") ?? ""];
        }),
    );
}

/** `<namespace>/<name>`, as {@link complaints} names a pod. */
export function podName(pod: KubeObject): string {
    return `${namespaceOf(pod) ?? ""}/${pod.metadata.name}`;
}

/** Lines of Karpenter's log with these words, as it wrote them: one object a line. */
export function logged(plane: ControlPlane, message: string): JsonObject[] {
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

/** The most nodes that were seen at one moment. */
export interface Most {
    /** Nodes with the pool's label, whoever made them. */
    nodes: number;
    /** Of these, nodes on their way out by Karpenter's decision. */
    leaving: number;
}

/** Counts the nodes with a label several times a second until it is stopped. */
export class NodeWatch {
    public readonly most: Most = { nodes: 0, leaving: 0 };
    private readonly done: Promise<void>;
    private stopped = false;

    public constructor(
        private readonly client: KubeClient,
        private readonly labels: Readonly<Record<string, string>>,
    ) {
        this.done = this.loop();
        // Told by stop(); a test that fails before it calls that has more to say than that its cluster went away.
        this.done.catch(() => undefined);
    }

    public async stop(): Promise<Most> {
        this.stopped = true;
        await this.done;
        return this.most;
    }

    private async loop(): Promise<void> {
        while (!this.stopped) {
            const nodes = (await this.client.list("/api/v1/nodes")).filter((node) =>
                Object.entries(this.labels).every(([key, value]) => labelsOf(node)[key] === value),
            );
            this.most.nodes = Math.max(this.most.nodes, nodes.length);
            this.most.leaving = Math.max(this.most.leaving, nodes.filter(isLeaving).length);
            await sleep(200);
        }
    }
}

function isLeaving(node: KubeObject): boolean {
    return (
        node.metadata["deletionTimestamp"] !== undefined ||
        listAt(node, "spec", "taints").some((taint) => textAt(taint, "key") === "karpenter.sh/disrupted")
    );
}
