import { listAt, numberAt, textAt, type JsonObject } from "../control-plane/json";
import type { Finding } from "../plan/finding";
import { accepts, hardTaints, prefers, selects, tolerates } from "./fits";
import { byWorkload, type NodeView, type PodView, type Snapshot } from "./snapshot";

/** Findings of every placement check for a settled cluster. */
export function placementFindings(snapshot: Snapshot): Finding[] {
    return [
        ...unplaced(snapshot),
        ...zoneSkew(snapshot),
        ...nodeSkew(snapshot),
        ...unselectedTaintedNodes(snapshot),
        ...outsideToleratedPool(snapshot),
        ...missingDaemonPods(snapshot),
    ];
}

/** Pods that are not bound to an existing node, or not Ready. */
export function unplaced({ nodes, pods }: Snapshot): Finding[] {
    return pods
        .filter(({ node, ready }) => !ready || !nodes.some(({ name }) => name === node))
        .map(({ namespace, name, node, unschedulable }) => ({
            check: "unplaced",
            where: `${namespace}/${name}`,
            message:
                node === undefined ? unschedulable || "no node yet" : `not Ready, or its node ${node} does not exist`,
        }));
}

/**
 * The snapshot without placeholder pods: a pending one is correct, because it makes the cluster autoscaler add a node
 * (CL-10).
 */
export function withoutPlaceholders({ pods, ...rest }: Snapshot): Snapshot {
    return { ...rest, pods: pods.filter(({ spec }) => !isPlaceholder(spec)) };
}

/** Whether a pod is a placeholder: any pod of default priority preempts it. */
function isPlaceholder(spec: JsonObject): boolean {
    return (numberAt(spec, "priority") ?? 0) < 0;
}

/** Workloads whose replica counts in two eligible zones differ by more than one (CL-13). */
export function zoneSkew({ nodes, pods }: Snapshot): Finding[] {
    return replicated(pods).flatMap(([where, members]) => {
        const zones = distinct(eligibleNodes(nodes, members).map(({ zone }) => zone));
        const counts = zones.map((zone) => members.filter(({ node }) => zoneOf(nodes, node) === zone).length);
        const skew = Math.max(...counts, 0) - Math.min(...counts);
        const text = zones.map((zone, index) => `${zone} ${counts[index] ?? 0}`).join(", ");
        return zones.length > 1 && skew > 1 ? [{ check: "zone skew", where, message: text }] : [];
    });
}

/** Whether a workload's pods stay pending rather than share a zone unevenly; some charts can only prefer that (CL-13). */
export function requiresZones({ pods }: Pick<Snapshot, "pods">, workload: string): boolean {
    return pods
        .filter((pod) => pod.workload === workload)
        .flatMap(({ spec }) => listAt(spec, "topologySpreadConstraints"))
        .some(
            (constraint) =>
                textAt(constraint, "topologyKey") === "topology.kubernetes.io/zone" &&
                textAt(constraint, "whenUnsatisfiable") === "DoNotSchedule",
        );
}

/**
 * Nodes with more replicas of a workload than an even spread over its eligible nodes gives (CL-13). Without placeholders,
 * which serve no traffic and only prefer separate nodes (CL-10).
 */
export function nodeSkew({ nodes, pods }: Snapshot): Finding[] {
    const serving = pods.filter(({ spec }) => !isPlaceholder(spec));
    return replicated(serving).flatMap(([where, members]) => {
        const evenShare = Math.ceil(members.length / Math.max(eligibleNodes(nodes, members).length, 1));
        return distinct(members.flatMap(({ node }) => node ?? [])).flatMap((node) => {
            const count = members.filter((pod) => pod.node === node).length;
            const message = `${count} of ${members.length} replicas on ${node}, an even share is ${evenShare}`;
            return count > evenShare ? [{ check: "node skew", where, message }] : [];
        });
    });
}

/** Pods on a tainted node that neither select nor prefer it: a toleration alone is not a reason (CL-05 to CL-07). */
export function unselectedTaintedNodes({ nodes, pods }: Snapshot): Finding[] {
    const untainted = nodes.filter((node) => hardTaints(node).length === 0);
    return pods.flatMap((pod) => {
        const node = nodes.find(({ name }) => name === pod.node);
        const tainted = node !== undefined && hardTaints(node).length > 0;
        const fitsUntainted = untainted.length === 0 || untainted.some(({ labels }) => selects(pod.spec, labels));
        // Spot nodes are preferred, not required (CL-12).
        const preferred = node !== undefined && prefers(pod.spec, node.labels);
        return tainted && !isDaemon(pod) && fitsUntainted && !preferred
            ? [
                  {
                      check: "unselected tainted node",
                      where: pod.workload,
                      message: `${pod.name} is on ${node.name} of pool ${node.pool}`,
                  },
              ]
            : [];
    });
}

/** Pods that tolerate the taint of a pool by key and run outside it, for example card data on a shared node (CL-07). */
export function outsideToleratedPool({ nodes, pods }: Snapshot): Finding[] {
    return pods.flatMap((pod) => {
        // Preferred pools do not count: spot nodes may be missing, and running pods are not moved.
        const taints = nodes.filter(({ labels }) => !prefers(pod.spec, labels)).flatMap(hardTaints);
        const node = nodes.find(({ name }) => name === pod.node);
        if (node === undefined || isDaemon(pod)) {
            return [];
        }
        const tolerated = taints.filter((taint) =>
            // A toleration without a key tolerates every taint and names no pool.
            listAt(pod.spec, "tolerations").some((one) => textAt(one, "key") !== undefined && tolerates(one, taint)),
        );
        const inside = hardTaints(node).some((taint) =>
            tolerated.some(
                (one) => textAt(one, "key") === textAt(taint, "key") && textAt(one, "value") === textAt(taint, "value"),
            ),
        );
        return tolerated.length > 0 && !inside
            ? [
                  {
                      check: "outside tolerated pool",
                      where: pod.workload,
                      message: `${pod.name} is on ${node.name} of pool ${node.pool}`,
                  },
              ]
            : [];
    });
}

/** Nodes without a pod of a DaemonSet, for example tainted nodes without a monitoring agent (SV-12). */
export function missingDaemonPods({ nodes, pods }: Snapshot): Finding[] {
    return [...byWorkload(pods.filter(isDaemon))].flatMap(([where, members]) =>
        nodes
            .filter(({ name }) => !members.some(({ node }) => node === name))
            .map(({ name, pool }) => ({
                check: "missing daemon pod",
                where,
                message: `no pod on ${name} of pool ${pool}`,
            })),
    );
}

/** Workloads with two or more replicas that are all in this zone (CL-14). */
export function onlyInZone(zone: string, { nodes, pods }: Snapshot): Finding[] {
    return replicated(pods).flatMap(([where, members]) => {
        const left = members.filter(({ node, ready }) => ready && zoneOf(nodes, node) !== zone);
        return left.length > 0
            ? []
            : [{ check: "only in one zone", where, message: `all ${members.length} replicas are in ${zone}` }];
    });
}

function isDaemon({ workload }: PodView): boolean {
    return workload.split("/")[1] === "DaemonSet";
}

function replicated(pods: readonly PodView[]): [string, readonly PodView[]][] {
    return [...byWorkload(pods.filter((pod) => !isDaemon(pod)))].filter(([, members]) => members.length > 1);
}

/** Nodes whose labels and taints allow the replicas. */
function eligibleNodes(nodes: readonly NodeView[], members: readonly PodView[]): NodeView[] {
    const [first] = members;
    return first === undefined ? [] : nodes.filter((node) => accepts(node, first));
}

function zoneOf(nodes: readonly NodeView[], name: string | undefined): string | undefined {
    return nodes.find((node) => node.name === name)?.zone;
}

function distinct(texts: readonly string[]): string[] {
    return [...new Set(texts)].sort();
}
