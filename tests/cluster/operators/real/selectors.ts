import { at, labelsOf, type KubeObject } from "../../control-plane/json";
import { selectsLabels } from "../../control-plane/selectors";

/** Names of the objects of a kind whose selector, at `path`, selects the pod; sorted. */
export function selectedBy(
    objects: readonly KubeObject[],
    kind: string,
    path: readonly string[],
    pod: KubeObject,
): readonly string[] {
    return objects
        .filter((object) => object.kind === kind && selectsLabels(at(object, ...path), labelsOf(pod)))
        .map(({ metadata }) => metadata.name)
        .sort();
}
