import type { PodView } from "../../lib/pod";
import { podRule } from "../../lib/pod-rule";
import { isSet, keysOf, leaf } from "../../lib/read";
import type { Finding } from "../../lib/types";
import { volumeFindings } from "../../lib/volumes";

/** Volume sources that expose neither the node nor other tenants. */
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

/** Checks the source's field name, which is always known. A volume with only a name is an emptyDir. */
export function checkRestrictedVolumes(pod: PodView): Finding[] {
    return volumeFindings(pod, (volume) =>
        keysOf(volume.value)
            .filter((key) => key !== "name" && !restrictedVolumeSources.includes(key) && isSet(volume, key))
            .map((key) => ({ path: leaf(volume, key).path, problem: "is a volume type that is not allowed" })),
    );
}

export const allowOnlyRestrictedVolumes = podRule({
    name: "allow-only-restricted-volumes",
    description: `Volumes must have one of the types ${restrictedVolumeSources.join(", ")}.`,
    severity: "high",
    control: "restrictedVolumes",
    profile: "restricted",
    remediationSteps:
        "Use configMap, csi, downwardAPI, emptyDir, ephemeral, image, persistentVolumeClaim, projected or secret.",
    check: checkRestrictedVolumes,
});
