import { namespaceOf, titleOf } from "../control-plane/json";
import type { Case } from "../plan/cases";
import type { PlannedObject } from "../plan/objects";

const unknownValues = "it contains values that are known only after the update";

/**
 * Objects that a first preview validates in memory: those whose namespace does not exist yet. When the cluster itself does
 * not exist yet, the engine does not call its provider, so the list is empty.
 */
export function validatedInMemory({ cloud }: Case, planned: readonly PlannedObject[]): string[] {
    const planNamespaces = new Set(
        planned.flatMap(({ object }) => (object.kind === "Namespace" ? [object.metadata.name] : [])),
    );
    return planned
        .flatMap(({ object, unknowns }) => {
            const namespace = cloud === "existing" ? namespaceOf(object) : undefined;
            // Without built-in namespaces such as kube-system, which exist.
            if (namespace === undefined || !planNamespaces.has(namespace)) {
                return [];
            }
            const missing = `namespaces "${namespace}" not found`;
            return [`${titleOf(object)}: ${unknowns.length > 0 ? unknownValues : missing}`];
        })
        .sort();
}
