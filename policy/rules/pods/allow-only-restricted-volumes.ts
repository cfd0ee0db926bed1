import type { PodView } from "../../lib/pod";
import { podRule } from "../../lib/pod-rule";
import { isSet, keysOf, leaf } from "../../lib/read";
import type { Finding } from "../../lib/types";
import { volumeFindings } from "../../lib/volumes";

/** Volume sources that give a pod nothing of the node and nothing of another tenant. */
export const restrictedVolumeSources: readonly string[] = [
    "configMap",
    "csi",
    "downwardAPI",
    "emptyDir",
    "ephemeral",
    "image",
    "persistentVolumeClaim",
    "projected",
    "secret",
];

/** Judges the sources by their names, which are always known. A volume that has only a name becomes an emptyDir. */
export function checkRestrictedVolumes(pod: PodView): Finding[] {
    return volumeFindings(pod, (volume) =>
        keysOf(volume.value)
            .filter((key) => key !== "name" && !restrictedVolumeSources.includes(key) && isSet(volume, key))
            .map((key) => ({ path: leaf(volume, key).path, problem: "is a kind of volume that is not allowed" })),
    );
}

export const allowOnlyRestrictedVolumes = podRule({
    name: "allow-only-restricted-volumes",
    description: `Volumes must be of the kinds ${restrictedVolumeSources.join(", ")}.`,
    severity: "high",
    control: "restrictedVolumes",
    profile: "restricted",
    remediationSteps:
        "Use configMap, csi, downwardAPI, emptyDir, ephemeral, image, persistentVolumeClaim, projected or secret.",
    check: checkRestrictedVolumes,
});
