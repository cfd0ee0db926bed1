import { at, listAt, textAt, textsOf, type KubeObject } from "../control-plane/json";
import type { Finding } from "../plan/finding";
import { hardTaints } from "../scheduling/fits";
import { cpuOf } from "../scheduling/packing";
import type { NodeView, Snapshot } from "../scheduling/snapshot";
import { nodePoolLabel } from "./observed";

/** Karpenter's NodePools as the plan writes them, by name. */
export type NodePools = ReadonlyMap<string, KubeObject>;

/** Tolerance in seconds: two programs write the compared timestamps, in whole seconds. */
const margin = 5;

/** The snapshot's nodes that Karpenter created. */
export function provisionedIn({ nodes }: Snapshot): NodeView[] {
    return nodes.filter(({ labels }) => labels[nodePoolLabel] !== undefined);
}

/** Nodes that do not have the labels, taints and requirements of their NodePool (CL-11, CL-12). */
export function nodePoolMismatches(snapshot: Snapshot, pools: NodePools): Finding[] {
    return provisionedIn(snapshot).flatMap((node) => {
        const pool = pools.get(node.labels[nodePoolLabel] ?? "");
        if (pool === undefined) {
            return [{ check: "unknown NodePool", where: node.name, message: node.labels[nodePoolLabel] ?? "" }];
        }
        const template = at(pool, "spec", "template");
        const labels = Object.entries(textsOf(at(template, "metadata", "labels")));
        const missing = labels.filter(([key, value]) => node.labels[key] !== value).map(([key]) => key);
        const violated = listAt(template, "spec", "requirements").flatMap((requirement) => {
            const key = textAt(requirement, "key") ?? "";
            const met =
                textAt(requirement, "operator") === "In" &&
                listAt(requirement, "values").includes(node.labels[key] ?? "");
            return met ? [] : [key];
        });
        const taints = JSON.stringify(hardTaints(node).map(taintFields));
        const expectedTaints = JSON.stringify(listAt(template, "spec", "taints").map(taintFields));
        return [
            ...[...missing, ...violated].map((key) => ({
                check: "NodePool mismatch",
                where: node.name,
                message: `${key} is ${node.labels[key] ?? "missing"}`,
            })),
            ...(taints === expectedTaints
                ? []
                : [{ check: "NodePool mismatch", where: node.name, message: `taints ${taints}` }]),
        ];
    });
}

function taintFields(taint: KubeObject | NodeView["taints"][number]): readonly (string | undefined)[] {
    return ["key", "value", "effect"].map((field) => textAt(taint, field));
}

/**
 * Seconds from the creation of the first pod on a node to the creation of its NodeClaim, by NodeClaim. Nodes without pods
 * are left out, because the scheduler may bind pods to other nodes than Karpenter planned.
 */
export function nodeClaimDelays(
    claims: readonly KubeObject[],
    pods: readonly KubeObject[],
): ReadonlyMap<string, number> {
    const createdAt = (object: KubeObject): number => Date.parse(textAt(object, "metadata", "creationTimestamp") ?? "");
    return new Map(
        claims.flatMap((claim) => {
            const node = textAt(claim, "status", "nodeName");
            const own = pods.filter((pod) => textAt(pod, "spec", "nodeName") === node);
            const seconds = (createdAt(claim) - Math.min(...own.map(createdAt))) / 1000;
            return own.length === 0 ? [] : [[claim.metadata.name, seconds]];
        }),
    );
}

/** NodeClaims that were created later than `limit` seconds after their first pod (CL-09). */
export function lateNodeClaims(delays: ReadonlyMap<string, number>, limit: number): Finding[] {
    return [...delays]
        .filter(([, seconds]) => !(seconds <= limit + margin))
        .map(([where, seconds]) => ({ check: "late NodeClaim", where, message: `after ${seconds} s` }));
}

/** Nodes of a Karpenter NodePool with room for a pod that requests so many cores. */
export function nodesWithRoom(snapshot: Snapshot, pool: string, cores: number): NodeView[] {
    return provisionedIn(snapshot).filter(
        ({ name, labels, cpu }) => labels[nodePoolLabel] === pool && cpu - cpuOf(snapshot.pods, name) >= cores,
    );
}

/** Nodes of a Karpenter NodePool without pods. */
export function emptyNodes(snapshot: Snapshot, pool: string): NodeView[] {
    return provisionedIn(snapshot).filter(
        ({ name, labels }) => labels[nodePoolLabel] === pool && !snapshot.pods.some(({ node }) => node === name),
    );
}
