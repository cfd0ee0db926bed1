import { platformName } from "../../config/labels";

/** Labels that select a workload's pods. They can never change, so there are few of them. */
export function selectorLabels(name: string): Record<string, string> {
    return { "app.kubernetes.io/name": name, "app.kubernetes.io/part-of": platformName };
}

/** The labels that Kubernetes recommends, for every object of ours. */
export function labels(name: string, component: string): Record<string, string> {
    return {
        ...selectorLabels(name),
        "app.kubernetes.io/instance": name,
        "app.kubernetes.io/component": component,
        "app.kubernetes.io/managed-by": "pulumi",
    };
}

/** Annotation of pods that run the stand-in in place of a service's own image. */
export const standInAnnotation = `${platformName}/stand-in`;
