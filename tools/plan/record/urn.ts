const rootType = "pulumi:pulumi:Stack";

/**
 * The URN that the engine gives a resource. A parent's whole qualified type comes first, except the root stack's:
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

/** The name at the end of a URN; it may itself hold `::`. */
export function nameOf(urn: string): string {
    return urn.split("::").slice(3).join("::");
}

/** A provider reference is the provider's URN and, after another `::`, its id. */
export function providerUrn(reference: string): string {
    return reference.slice(0, reference.lastIndexOf("::"));
}
