import { eachContainer, finding, judge } from "../../lib/judge";
import type { ContainerView, PodView } from "../../lib/pod";
import { podRule } from "../../lib/pod-rule";
import { elements, leaf } from "../../lib/read";
import type { Finding } from "../../lib/types";

/** Every container drops ALL, spelt so, and adds at most NET_BIND_SERVICE. Windows has none and is let off. */
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
    // Only when no element is ALL does an unknown one matter: it might have been.
    return [
        finding(items.find((item) => item.state === "unknown") ?? drop, "does not drop ALL capabilities", container),
    ];
}

/** One finding for each capability that is added and not in the list. */
export function checkAddedCapabilities(container: ContainerView, allowed: readonly string[]): Finding[] {
    const add = leaf(container, "securityContext", "capabilities", "add");
    if (add.state !== "known") {
        return judge(add, () => true, "", container);
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
    remediationSteps: 'Set securityContext.capabilities.drop to ["ALL"]; add nothing but NET_BIND_SERVICE.',
    check: checkCapabilities,
});
