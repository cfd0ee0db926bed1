import { finding } from "../../lib/judge";
import type { PodView } from "../../lib/pod";
import { podRule } from "../../lib/pod-rule";
import { elements, isSet, keysOf, leaf } from "../../lib/read";
import type { Finding } from "../../lib/types";

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
    const { unknown, items } = elements(pod.spec, "volumes");
    if (unknown) {
        return [finding(leaf(pod.spec, "volumes"), "")];
    }
    return items.flatMap((volume) => {
        if (volume.state !== "known") {
            return volume.state === "unknown" ? [finding(volume, "")] : [];
        }
        return keysOf(volume.value)
            .filter((key) => key !== "name" && !restrictedVolumeSources.includes(key) && isSet(volume, key))
            .map((key) => ({ path: leaf(volume, key).path, problem: "is a kind of volume that is not allowed" }));
    });
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
