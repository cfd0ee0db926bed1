import { eachContainer, finding, judge } from "../../lib/judge";
import type { ContainerView, PodView } from "../../lib/pod";
import { podRule } from "../../lib/pod-rule";
import { leaf, text, type Node } from "../../lib/read";
import type { Finding } from "../../lib/types";

/** The API server refuses a Localhost profile without a name, and a name beside any other type. */
export function checkLocalhostProfiles(pod: PodView): Finding[] {
    return ["seccompProfile", "appArmorProfile"].flatMap((field) => [
        ...checkName(pod, field, pod.spec),
        ...eachContainer(pod, (container) => checkName(pod, field, container, container)),
    ]);
}

function checkName(pod: PodView, field: string, holder: Node, container?: ContainerView): Finding[] {
    const type = text(leaf(holder, "securityContext", field, "type"));
    const name = leaf(holder, "securityContext", field, "localhostProfile");
    if (type === "Localhost") {
        return name.state === "absent" && !pod.partial
            ? [finding(name, "is left out of a Localhost profile", container)]
            : judge(name, (value) => typeof value === "string" && value !== "", "is empty", container);
    }
    return type === undefined ? [] : judge(name, () => false, "names a profile that the type does not use", container);
}

export const requireLocalhostProfileName = podRule({
    name: "require-localhost-profile-name",
    description: "Seccomp and AppArmor profiles name a profile of the node exactly when their type is Localhost.",
    severity: "low",
    remediationSteps: "Set localhostProfile beside the type Localhost, and nowhere else.",
    check: checkLocalhostProfiles,
    url: "https://kubernetes.io/docs/tutorials/security/seccomp/",
});
