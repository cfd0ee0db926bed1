import { checkOptional, eachContainer, finding, oneOf } from "../../lib/checks";
import type { ContainerView, PodView } from "../../lib/pod";
import { podRule } from "../../lib/pod-rule";
import { keysOf, leaf, type Node } from "../../lib/read";
import type { Finding } from "../../lib/types";

const annotationPrefix = "container.apparmor.security.beta.kubernetes.io/";

/** Checks the field and the older annotation. */
export function checkAppArmor(pod: PodView): Finding[] {
    return [
        ...checkProfile(pod, pod.spec),
        ...eachContainer(pod, (container) => checkProfile(pod, container, container)),
        ...checkAnnotations(pod),
    ];
}

function checkProfile(pod: PodView, holder: Node, container?: ContainerView): Finding[] {
    const profile = leaf(holder, "securityContext", "appArmorProfile");
    if (profile.state !== "known") {
        return checkOptional(profile, () => true, "", container);
    }
    const type = leaf(profile, "type");
    return type.state === "absent" && !pod.partial
        ? [finding(type, "is missing in the profile", container)]
        : checkOptional(type, oneOf("RuntimeDefault", "Localhost"), "disables AppArmor", container);
}

function checkAnnotations(pod: PodView): Finding[] {
    const annotations = leaf(pod.metadata, "annotations");
    if (annotations.state !== "known") {
        return checkOptional(annotations, () => true, "");
    }
    return keysOf(annotations.value)
        .filter((key) => key.startsWith(annotationPrefix))
        .flatMap((key) => checkOptional(leaf(annotations, key), allowedAnnotation, "disables AppArmor"));
}

function allowedAnnotation(value: unknown): boolean {
    return typeof value === "string" && (value === "" || value === "runtime/default" || value.startsWith("localhost/"));
}

export const keepAppArmorEnforced = podRule({
    name: "keep-apparmor-enforced",
    description: "AppArmor profiles must be RuntimeDefault or Localhost where they are set.",
    severity: "medium",
    control: "appArmorProfile",
    profile: "baseline",
    remediationSteps: "Remove the AppArmor profile or set its type to RuntimeDefault.",
    check: checkAppArmor,
});
