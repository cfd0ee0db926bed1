import type { PodView } from "../../lib/pod";
import { podRule } from "../../lib/pod-rule";
import { finding } from "../../lib/judge";
import { elements, leaf } from "../../lib/read";
import type { Finding } from "../../lib/types";

/** A path of the node, mounted, is a way out of the container. */
export function checkHostPathVolumes(pod: PodView): Finding[] {
    const { unknown, items } = elements(pod.spec, "volumes");
    if (unknown) {
        return [finding(leaf(pod.spec, "volumes"), "")];
    }
    return items.flatMap((volume) => {
        if (volume.state !== "known") {
            return volume.state === "unknown" ? [finding(volume, "")] : [];
        }
        const source = leaf(volume, "hostPath");
        return source.state === "absent" ? [] : [finding(source, "mounts a path of the node")];
    });
}

/** Off by default: `allow-only-restricted-volumes` refuses these and more. For programs that stop at baseline. */
export const forbidHostPathVolumes = podRule({
    name: "forbid-host-path-volumes",
    description: "Volumes must not be paths of the node.",
    severity: "high",
    control: "hostPathVolumes",
    profile: "baseline",
    remediationSteps: "Use a persistentVolumeClaim, emptyDir, configMap or secret instead of hostPath.",
    check: checkHostPathVolumes,
});
