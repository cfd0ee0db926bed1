import type { Shipped } from "../shipped";
import { membersOf } from "./connections";

/** The fields of a rendered object that say which pods it creates. */
export interface Manifest {
    readonly kind: string;
    readonly metadata: { readonly name: string; readonly namespace: string };
    readonly spec: { readonly template: { readonly metadata: { readonly labels: Record<string, string> } } };
}

const jobTemplate = (spec: unknown) => (spec as { jobTemplate?: { spec: Manifest["spec"] } }).jobTemplate?.spec;

/** The pods of an object, with the labels of its template. */
function templateLabels({ kind, spec }: Manifest): Readonly<Record<string, string>> | undefined {
    switch (kind) {
        case "Deployment":
        case "StatefulSet":
        case "Job":
            return spec.template.metadata.labels;
        case "CronJob":
            return jobTemplate(spec)?.template.metadata.labels;
        default:
            return undefined;
    }
}

/** A pod; the group of a pod of a store's layer. */
export type Pod = readonly [name: string, namespace: string, labels: Readonly<Record<string, string>>, group?: string];

/**
 * The pods of the stores' layers: those of the plan's own objects with the labels of their templates, and those that an
 * operator creates. Each group that calls its own pods has another pod.
 */
export function storePods(stack: Shipped, manifests: readonly Manifest[]): Pod[] {
    // A replica has no brokers and no index; they must not be reached there either, should they be created.
    const groups = Object.entries(membersOf({ ...stack, replica: false }));
    return groups.flatMap(([group, { namespace, labels, peers }]): Pod[] => {
        const rendered = manifests.flatMap((manifest): Pod[] => {
            const own = manifest.metadata.namespace === namespace ? templateLabels(manifest) : undefined;
            return own?.["app.kubernetes.io/name"] === group ? [[manifest.metadata.name, namespace, own, group]] : [];
        });
        return [
            ...(rendered.length > 0 ? rendered : [[group, namespace, labels, group] as const]),
            ...(group in peers ? [[`other-${group}`, namespace, labels, group] as const] : []),
        ];
    });
}
