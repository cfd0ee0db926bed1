const rootType = "pulumi:pulumi:Stack";

/**
 * The URN of a resource, as created by the engine. It contains the parent's qualified type, except the root stack's:
 * `urn:pulumi:prod::shop::shop:cluster:Gke$gcp:container/cluster:Cluster::main`.
 */
export function makeUrn(stack: string, project: string, parent: string, type: string, name: string): string {
    const parentType = parent === "" ? rootType : qualifiedType(parent);
    const qualified = parentType === rootType ? type : `${parentType}$${type}`;
    return `urn:pulumi:${stack}::${project}::${qualified}::${name}`;
}

/** The types from the outermost component down to the resource itself, joined with `$`. */
function qualifiedType(urn: string): string {
    return urn.split("::", 3)[2] ?? "";
}

/** The name at the end of a URN, which may contain `::`. */
export function nameOf(urn: string): string {
    return urn.split("::").slice(3).join("::");
}

/** The URN in a provider reference, which is `<urn>::<id>`. */
export function providerUrn(reference: string): string {
    return reference.slice(0, reference.lastIndexOf("::"));
}
