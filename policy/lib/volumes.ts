import { finding } from "./checks";
import type { PodView } from "./pod";
import { elements, leaf, type Node } from "./read";
import type { Finding } from "./types";

/** Checks each volume of a pod; an unknown list or volume is a finding. */
export function volumeFindings(pod: PodView, check: (volume: Node) => readonly Finding[]): Finding[] {
    const { unknown, items } = elements(pod.spec, "volumes");
    if (unknown) {
        return [finding(leaf(pod.spec, "volumes"), "")];
    }
    return items.flatMap((volume) => {
        if (volume.state !== "known") {
            return volume.state === "unknown" ? [finding(volume, "")] : [];
        }
        return check(volume);
    });
}
