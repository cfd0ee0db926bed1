import { listAt, numberAt, textAt, type JsonObject } from "../control-plane/json";
import type { Finding } from "../plan/finding";
import { accepts, hardTaints, prefers, selects, tolerates } from "./fits";
import { byWorkload, type NodeView, type PodView, type Snapshot } from "./snapshot";

/** Everything that has to hold of a settled cluster. */
export function placementFindings(snapshot: Snapshot): Finding[] {
    return [
        ...unplaced(snapshot),
        ...zoneSkew(snapshot),
        ...sharedNodes(snapshot),
        ...intruders(snapshot),
        ...strays(snapshot),
        ...uncoveredNodes(snapshot),
    ];
}

/** Pods that are not bound to a node that is there, or not Ready on it. */
export function unplaced({ nodes, pods }: Snapshot): Finding[] {
    return pods
        .filter(({ node, ready }) => !ready || !nodes.some(({ name }) => name === node))
        .map(({ namespace, name, node, unschedulable }) => ({
            check: "unplaced",
            where: `${namespace}/${name}`,
            message: node === undefined ? unschedulable || "no node yet" : `not Ready on ${node}, or that is gone`,
        }));
}

/**
 * The same without pods that give way to all others. At the baseline they have to be placed like everybody; once nodes
 * were lost, one that waits asks the autoscaler for a node, which is what it is for (CL-10).
 */
export function withoutPlaceholders({ pods, ...rest }: Snapshot): Snapshot {
    return { ...rest, pods: pods.filter(({ spec }) => !givesWay(spec)) };
}

/** Whether a pod is a placeholder: every pod without a class of its own comes before it. */
function givesWay(spec: JsonObject): boolean {
    return (numberAt(spec, "priority") ?? 0) < 0;
}

/** Workloads whose replicas differ by more than one between two zones that they could run in (CL-13). */
export function zoneSkew({ nodes, pods }: Snapshot): Finding[] {
    return replicated(pods).flatMap(([where, members]) => {
        const zones = distinct(open(nodes, members).map(({ zone }) => zone));
        const counts = zones.map((zone) => members.filter(({ node }) => zoneOf(nodes, node) === zone).length);
        const skew = Math.max(...counts, 0) - Math.min(...counts);
        const text = zones.map((zone, index) => `${zone} ${counts[index] ?? 0}`).join(", ");
        return zones.length > 1 && skew > 1 ? [{ check: "zone skew", where, message: text }] : [];
    });
}

/**
 * Nodes with more replicas of one workload than an even spread over the nodes open to it gives (CL-13). Not of pods that
 * give way to all others: nothing is lost with two of them, and they only prefer a node each (CL-10).
 */
export function sharedNodes({ nodes, pods }: Snapshot): Finding[] {
    const serving = pods.filter(({ spec }) => !givesWay(spec));
    return replicated(serving).flatMap(([where, members]) => {
        const fair = Math.ceil(members.length / Math.max(open(nodes, members).length, 1));
        return distinct(members.flatMap(({ node }) => node ?? [])).flatMap((node) => {
            const count = members.filter((pod) => pod.node === node).length;
            const message = `${count} of ${members.length} replicas on ${node}, ${fair} would do`;
            return count > fair ? [{ check: "shared node", where, message }] : [];
        });
    });
}

/** Pods on a tainted node that did not ask for it: tolerating a taint is no reason to be there (CL-05 to CL-07). */
export function intruders({ nodes, pods }: Snapshot): Finding[] {
    const common = nodes.filter((node) => hardTaints(node).length === 0);
    return pods.flatMap((pod) => {
        const node = nodes.find(({ name }) => name === pod.node);
        const reserved = node !== undefined && hardTaints(node).length > 0;
        const wouldGoElsewhere = common.length === 0 || common.some(({ labels }) => selects(pod.spec, labels));
        // Spot nodes are preferred, never needed (CL-12).
        const asked = node !== undefined && prefers(pod.spec, node.labels);
        return reserved && !isDaemon(pod) && wouldGoElsewhere && !asked
            ? [
                  {
                      check: "intruder",
                      where: pod.workload,
                      message: `${pod.name} is on ${node.name} of pool ${node.pool}`,
                  },
              ]
            : [];
    });
}

/** Pods that are let into a tainted pool and run elsewhere: card data on a shared node (CL-07). */
export function strays({ nodes, pods }: Snapshot): Finding[] {
    return pods.flatMap((pod) => {
        // What a pod only prefers is no home: spot nodes come and go, and nothing moves a running pod there.
        const taints = nodes.filter(({ labels }) => !prefers(pod.spec, labels)).flatMap(hardTaints);
        const node = nodes.find(({ name }) => name === pod.node);
        if (node === undefined || isDaemon(pod)) {
            return [];
        }
        const admitted = taints.filter((taint) =>
            // A toleration of everything is a guest's, not a resident's.
            listAt(pod.spec, "tolerations").some((one) => textAt(one, "key") !== undefined && tolerates(one, taint)),
        );
        const home = hardTaints(node).some((taint) =>
            admitted.some(
                (one) => textAt(one, "key") === textAt(taint, "key") && textAt(one, "value") === textAt(taint, "value"),
            ),
        );
        return admitted.length > 0 && !home
            ? [{ check: "stray", where: pod.workload, message: `${pod.name} is on ${node.name} of pool ${node.pool}` }]
            : [];
    });
}

/** Nodes without a pod of a DaemonSet: an agent that skips tainted pools misses what matters most (SV-12). */
export function uncoveredNodes({ nodes, pods }: Snapshot): Finding[] {
    return [...byWorkload(pods.filter(isDaemon))].flatMap(([where, members]) =>
        nodes
            .filter(({ name }) => !members.some(({ node }) => node === name))
            .map(({ name, pool }) => ({
                check: "uncovered node",
                where,
                message: `no pod on ${name} of pool ${pool}`,
            })),
    );
}

/** Workloads of two replicas and more that would have none left without this zone (CL-14). */
export function lostWith(zone: string, { nodes, pods }: Snapshot): Finding[] {
    return replicated(pods).flatMap(([where, members]) => {
        const left = members.filter(({ node, ready }) => ready && zoneOf(nodes, node) !== zone);
        return left.length > 0
            ? []
            : [{ check: "lost with a zone", where, message: `all ${members.length} replicas are in ${zone}` }];
    });
}

function isDaemon({ workload }: PodView): boolean {
    return workload.split("/")[1] === "DaemonSet";
}

function replicated(pods: readonly PodView[]): [string, readonly PodView[]][] {
    return [...byWorkload(pods.filter((pod) => !isDaemon(pod)))].filter(([, members]) => members.length > 1);
}

/** Nodes that the replicas may run on as far as labels and taints go. */
function open(nodes: readonly NodeView[], members: readonly PodView[]): NodeView[] {
    const [first] = members;
    return first === undefined ? [] : nodes.filter((node) => accepts(node, first));
}

function zoneOf(nodes: readonly NodeView[], name: string | undefined): string | undefined {
    return nodes.find((node) => node.name === name)?.zone;
}

function distinct(texts: readonly string[]): string[] {
    return [...new Set(texts)].sort();
}
