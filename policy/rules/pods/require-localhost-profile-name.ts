import { checkOptional, eachContainer, finding } from "../../lib/checks";
import type { ContainerView, PodView } from "../../lib/pod";
import { podRule } from "../../lib/pod-rule";
import { leaf, text, type Node } from "../../lib/read";
import type { Finding } from "../../lib/types";

/** The API server rejects a Localhost profile without a name, and a name with any other type. */
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
            ? [finding(name, "is missing in the Localhost profile", container)]
            : checkOptional(name, (value) => typeof value === "string" && value !== "", "is empty", container);
    }
    return type === undefined
        ? []
        : checkOptional(name, () => false, "is set but the type is not Localhost", container);
}

export const requireLocalhostProfileName = podRule({
    name: "require-localhost-profile-name",
    description: "Seccomp and AppArmor profiles must set localhostProfile if and only if their type is Localhost.",
    severity: "low",
    remediationSteps: "Set localhostProfile with the type Localhost only.",
    check: checkLocalhostProfiles,
    url: "https://kubernetes.io/docs/tutorials/security/seccomp/",
});
