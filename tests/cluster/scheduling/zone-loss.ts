import type { Finding } from "../plan/finding";
import { unplaced } from "./checks";
import { byWorkload, type Snapshot } from "./snapshot";

/** Scheduler messages of pods that additional nodes would place. */
const needsNodes = /Insufficient|topology spread constraints|anti-affinity|Too many pods/;

/**
 * Findings after the loss of a zone (CL-14): workloads with two or more replicas of which none is Ready, and pods that are
 * pending for another reason than missing nodes.
 */
export function afterZoneLoss(before: Snapshot, after: Snapshot): Finding[] {
    const remaining = byWorkload(after.pods);
    const down = [...byWorkload(before.pods)].flatMap(([where, members]) => {
        const ready = (remaining.get(where) ?? []).filter((pod) => pod.ready).length;
        return members.length > 1 && ready === 0
            ? [{ check: "down after a zone loss", where, message: `none of ${members.length} replicas is Ready` }]
            : [];
    });
    const stuck = unplaced(after).filter(({ message }) => !needsNodes.test(message));
    return [...down, ...stuck];
}
