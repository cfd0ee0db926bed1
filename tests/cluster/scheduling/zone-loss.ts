import type { Finding } from "../plan/finding";
import { selectsLabels } from "../control-plane/selectors";
import { unplaced, withoutPlaceholders } from "./checks";
import { byWorkload, type PodView, type Snapshot } from "./snapshot";

/** Scheduler messages of pods that additional nodes would place. */
const needsNodes = /Insufficient|topology spread constraints|anti-affinity|Too many pods/;

/**
 * Findings after the loss of a zone (CL-14): workloads with two or more replicas, and pods that share a budget, such as a
 * shard's master and replica, of which none is Ready; and pods that are pending for another reason than missing nodes.
 * A pod whose volume is in the lost zone waits for the zone, and keeps its data.
 */
export function afterZoneLoss(before: Snapshot, after: Snapshot): Finding[] {
    const old = replicatedGroups(withoutPlaceholders(before));
    const left = replicatedGroups(withoutPlaceholders(after));
    const down = [...old].flatMap(([where, members]) => {
        const ready = (left.get(where) ?? []).filter((pod) => pod.ready).length;
        return members.length > 1 && ready === 0
            ? [{ check: "down after a zone loss", where, message: `none of ${members.length} replicas is Ready` }]
            : [];
    });
    const present = new Set(after.nodes.map(({ zone }) => zone));
    const waiting = after.pods.filter(({ volumeZones }) => volumeZones.some((zone) => !present.has(zone)));
    const others = after.pods.filter((pod) => !waiting.includes(pod));
    const stuck = unplaced({ ...after, pods: others }).filter(({ message }) => !needsNodes.test(message));
    return [...down, ...stuck];
}

/** Pods by workload and by budget. */
function replicatedGroups({ pods, budgets }: Snapshot): ReadonlyMap<string, readonly PodView[]> {
    const byBudget = budgets.map(({ namespace, name, selector }): [string, readonly PodView[]] => [
        `${namespace}/PodDisruptionBudget/${name}`,
        pods.filter((pod) => pod.namespace === namespace && selectsLabels(selector, pod.labels)),
    ]);
    return new Map([...byWorkload(pods), ...byBudget]);
}
