import { checkRequired } from "../../lib/checks";
import type { ContainerView, PodView } from "../../lib/pod";
import { podRule } from "../../lib/pod-rule";
import { leaf } from "../../lib/read";
import type { Finding } from "../../lib/types";

const bounds: readonly (readonly [kind: string, resource: string])[] = [
    ["requests", "cpu"],
    ["requests", "memory"],
    ["limits", "memory"],
];

/** The scheduler needs requests; a memory limit stops leaks. Ephemeral containers cannot have either. */
export function checkResourceBounds(pod: PodView): Finding[] {
    return pod.containers
        .filter(({ list }) => list !== "ephemeralContainers")
        .flatMap((container) => bounds.flatMap(([kind, resource]) => checkBound(pod, container, kind, resource)));
}

function checkBound(pod: PodView, container: ContainerView, kind: string, resource: string): Finding[] {
    // A `resources` object that is set replaces the operator's, so absent fields in it have no default.
    const isSetByProgram = pod.completed && leaf(container, "resources").state === "known";
    // Since 1.34 a pod can set bounds for all its containers together.
    return leaf(pod.spec, "resources", kind, resource).state === "absent"
        ? checkRequired(
              { partial: pod.partial && !isSetByProgram },
              leaf(container, "resources", kind, resource),
              isQuantity,
              "is not set",
              container,
          )
        : [];
}

function isQuantity(value: unknown): boolean {
    return (typeof value === "string" && value !== "" && value !== "0") || (typeof value === "number" && value > 0);
}

export const requireResourceBounds = podRule({
    name: "require-resource-bounds",
    description: "Containers, init containers included, must request CPU and memory and limit memory.",
    severity: "medium",
    area: "workloads",
    reference: "PO-01",
    onUnknown: "skip",
    remediationSteps: "Set resources.requests.cpu, resources.requests.memory and resources.limits.memory.",
    url: "https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/",
    check: checkResourceBounds,
});
