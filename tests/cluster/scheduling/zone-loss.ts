import type { Finding } from "../plan/finding";
import { unplaced } from "./checks";
import { byWorkload, type Snapshot } from "./snapshot";

/** The scheduler's words for a pod that waits for room or for an even spread: more nodes are what it needs. */
const waitsForNodes = /Insufficient|topology spread constraints|anti-affinity|Too many pods/;

/**
 * What may not be after a zone is gone (CL-14): a workload of two replicas and more without a Ready one, or a pod that
 * waits for something that new nodes would not give it.
 */
export function afterZoneLoss(before: Snapshot, after: Snapshot): Finding[] {
    const left = byWorkload(after.pods);
    const dead = [...byWorkload(before.pods)].flatMap(([where, members]) => {
        const ready = (left.get(where) ?? []).filter((pod) => pod.ready).length;
        return members.length > 1 && ready === 0
            ? [{ check: "down after a zone loss", where, message: `none of ${members.length} replicas is Ready` }]
            : [];
    });
    const stuck = unplaced(after).filter(({ message }) => !waitsForNodes.test(message));
    return [...dead, ...stuck];
}
