import type * as pulumi from "@pulumi/pulumi";

import { platformName } from "../../config/labels";

/** Labels that select a workload's pods. Selectors are immutable, so they are few. */
export function selectorLabels(name: string): Record<string, string> {
    return { "app.kubernetes.io/name": name, "app.kubernetes.io/part-of": platformName };
}

/** Kubernetes' recommended labels, for every object of the platform. */
export function labels(name: string, component: string): Record<string, string> {
    return {
        ...selectorLabels(name),
        "app.kubernetes.io/instance": name,
        "app.kubernetes.io/component": component,
        "app.kubernetes.io/managed-by": "pulumi",
    };
}

/** Annotation of pods that run the stand-in image instead of a service's own. */
export const standInAnnotation = `${platformName}/stand-in`;

/** Annotations of a ServiceAccount; plain, or known later as a whole. */
export type Annotations = pulumi.Output<Record<string, string>> | Readonly<Record<string, pulumi.Input<string>>>;

/** The field of an object's metadata; none where there are none, since an empty map would be a field with an owner. */
export function annotated(annotations: Annotations | undefined): { readonly annotations?: Annotations } {
    return annotations === undefined || Object.keys(annotations).length === 0 ? {} : { annotations };
}
