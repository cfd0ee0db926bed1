import { checkOptional, eachContainer, finding } from "../../lib/checks";
import type { ContainerView, PodView } from "../../lib/pod";
import { podRule } from "../../lib/pod-rule";
import { elements, leaf } from "../../lib/read";
import type { Finding } from "../../lib/types";

/** Every container drops `ALL` (case-sensitive) and adds at most NET_BIND_SERVICE. Windows has no capabilities. */
export function checkCapabilities(pod: PodView): Finding[] {
    return pod.windows
        ? []
        : eachContainer(pod, (container) => [
              ...checkDropped(pod, container),
              ...checkAddedCapabilities(container, ["NET_BIND_SERVICE"]),
          ]);
}

function checkDropped(pod: PodView, container: ContainerView): Finding[] {
    const drop = leaf(container, "securityContext", "capabilities", "drop");
    if (drop.state !== "known") {
        const absent = pod.partial ? [] : [finding(drop, "does not drop ALL capabilities", container)];
        return drop.state === "absent" ? absent : [finding(drop, "", container)];
    }
    const { items } = elements(drop);
    if (items.some((item) => item.value === "ALL")) {
        return [];
    }
    // Without a known ALL, an unknown element may be it.
    return [
        finding(items.find((item) => item.state === "unknown") ?? drop, "does not drop ALL capabilities", container),
    ];
}

/** One finding for each added capability that is not allowed. */
export function checkAddedCapabilities(container: ContainerView, allowed: readonly string[]): Finding[] {
    const add = leaf(container, "securityContext", "capabilities", "add");
    if (add.state !== "known") {
        return checkOptional(add, () => true, "", container);
    }
    return elements(add).items.flatMap((item) =>
        item.state === "known" && typeof item.value === "string" && allowed.includes(item.value)
            ? []
            : [finding(item, "adds a capability that is not allowed", container)],
    );
}

export const dropAllCapabilities = podRule({
    name: "drop-all-capabilities",
    description: "Containers must drop ALL capabilities and may add back only NET_BIND_SERVICE.",
    severity: "high",
    control: "capabilities_restricted",
    profile: "restricted",
    remediationSteps: 'Set securityContext.capabilities.drop to ["ALL"]; add only NET_BIND_SERVICE.',
    check: checkCapabilities,
});
