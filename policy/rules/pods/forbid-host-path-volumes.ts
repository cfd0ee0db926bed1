import type { PodView } from "../../lib/pod";
import { podRule } from "../../lib/pod-rule";
import { finding } from "../../lib/checks";
import { leaf } from "../../lib/read";
import type { Finding } from "../../lib/types";
import { volumeFindings } from "../../lib/volumes";

/** A hostPath mount allows container escape. */
export function checkHostPathVolumes(pod: PodView): Finding[] {
    return volumeFindings(pod, (volume) => {
        const source = leaf(volume, "hostPath");
        return source.state === "absent" ? [] : [finding(source, "mounts a path of the node")];
    });
}

/** Disabled by default, because `allow-only-restricted-volumes` is stricter. For programs that enforce baseline only. */
export const forbidHostPathVolumes = podRule({
    name: "forbid-host-path-volumes",
    description: "Volumes must not be paths of the node.",
    severity: "high",
    control: "hostPathVolumes",
    profile: "baseline",
    remediationSteps: "Use a persistentVolumeClaim, emptyDir, configMap or secret instead of hostPath.",
    check: checkHostPathVolumes,
});
