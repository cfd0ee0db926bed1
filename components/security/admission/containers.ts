/**
 * Expressions over the containers of a pod: of all three kinds, since an init container and a container for debugging have
 * the pod's volumes and network too.
 */

const kinds = [
    "object.spec.containers",
    "object.spec.?initContainers.orValue([])",
    "object.spec.?ephemeralContainers.orValue([])",
];

/** The values of an expression over the container `c`, of all containers. */
export function ofContainers(value: string): string {
    return kinds.map((list) => `${list}.map(c, ${value})`).join(" + ");
}

/** The names of the containers for which the expression over the container `c` is true. */
export function namesOfContainers(condition: string): string {
    return kinds.map((list) => `${list}.filter(c, ${condition}).map(c, c.name)`).join(" + ");
}
