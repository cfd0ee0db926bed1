import { finding } from "./judge";
import type { PodView } from "./pod";
import { elements, leaf, type Node } from "./read";
import type { Finding } from "./types";

/** Judges each known volume of a pod; a list or a volume that is not known yet is a finding of its own. */
export function volumeFindings(pod: PodView, judge: (volume: Node) => readonly Finding[]): Finding[] {
    const { unknown, items } = elements(pod.spec, "volumes");
    if (unknown) {
        return [finding(leaf(pod.spec, "volumes"), "")];
    }
    return items.flatMap((volume) => {
        if (volume.state !== "known") {
            return volume.state === "unknown" ? [finding(volume, "")] : [];
        }
        return judge(volume);
    });
}
