import { at, listAt, textAt, textsOf, type KubeObject } from "../control-plane/json";
import type { Finding } from "../plan/finding";
import { hardTaints } from "../scheduling/fits";
import type { NodeView, Snapshot } from "../scheduling/snapshot";
import { poolOfKarpenter } from "./observed";

/** Karpenter's NodePools as the plan writes them, by name. */
export type NodePools = ReadonlyMap<string, KubeObject>;

/** Seconds that a test may lose beside what it measures: two programs write times, in whole seconds each. */
const margin = 5;

/** Nodes that Karpenter made, as the checkers of placement see nodes. */
export function made({ nodes }: Snapshot): NodeView[] {
    return nodes.filter(({ labels }) => labels[poolOfKarpenter] !== undefined);
}

/** Nodes that are not what their NodePool asks for: its labels, its taints and each of its requirements (CL-11, CL-12). */
export function notAsAsked(snapshot: Snapshot, pools: NodePools): Finding[] {
    return made(snapshot).flatMap((node) => {
        const pool = pools.get(node.labels[poolOfKarpenter] ?? "");
        if (pool === undefined) {
            return [{ check: "no pool of ours", where: node.name, message: node.labels[poolOfKarpenter] ?? "" }];
        }
        const template = at(pool, "spec", "template");
        const labels = Object.entries(textsOf(at(template, "metadata", "labels")));
        const missing = labels.filter(([key, value]) => node.labels[key] !== value).map(([key]) => key);
        const broken = listAt(template, "spec", "requirements").flatMap((requirement) => {
            const key = textAt(requirement, "key") ?? "";
            const kept =
                textAt(requirement, "operator") === "In" &&
                listAt(requirement, "values").includes(node.labels[key] ?? "");
            return kept ? [] : [key];
        });
        const taints = JSON.stringify(hardTaints(node).map(inOrder));
        const asked = JSON.stringify(listAt(template, "spec", "taints").map(inOrder));
        return [
            ...[...missing, ...broken].map((key) => ({
                check: "not as asked",
                where: node.name,
                message: `${key} is ${node.labels[key] ?? "missing"}`,
            })),
            ...(taints === asked ? [] : [{ check: "not as asked", where: node.name, message: `taints ${taints}` }]),
        ];
    });
}

function inOrder(taint: KubeObject | NodeView["taints"][number]): readonly (string | undefined)[] {
    return ["key", "value", "effect"].map((field) => textAt(taint, field));
}

/**
 * How long each order for a node came after the first pod that now runs there was made, in seconds. The scheduler has the
 * last word on where a pod goes: a node that it left empty is not counted.
 */
export function waits(orders: readonly KubeObject[], pods: readonly KubeObject[]): ReadonlyMap<string, number> {
    const madeAt = (object: KubeObject): number => Date.parse(textAt(object, "metadata", "creationTimestamp") ?? "");
    return new Map(
        orders.flatMap((order) => {
            const node = textAt(order, "status", "nodeName");
            const own = pods.filter((pod) => textAt(pod, "spec", "nodeName") === node);
            const seconds = (madeAt(order) - Math.min(...own.map(madeAt))) / 1000;
            return own.length === 0 ? [] : [[order.metadata.name, seconds]];
        }),
    );
}

/** Orders that came too late for the pods that waited for them (CL-09). */
export function lateOrders(found: ReadonlyMap<string, number>, limit: number): Finding[] {
    return [...found]
        .filter(([, seconds]) => !(seconds <= limit + margin))
        .map(([where, seconds]) => ({ check: "late order", where, message: `after ${seconds} s` }));
}

/** Nodes of one of Karpenter's NodePools that no pod is on. */
export function empty(snapshot: Snapshot, pool: string): NodeView[] {
    return made(snapshot).filter(
        ({ name, labels }) => labels[poolOfKarpenter] === pool && !snapshot.pods.some(({ node }) => node === name),
    );
}
