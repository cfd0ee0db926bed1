/** True for Kubernetes objects, whatever their group. */
export function isKubernetes(type: string): boolean {
    return type.startsWith("kubernetes:");
}

/** Type test for one kind of one group in any version, its patches included: `kindIs("", "Service")`. */
export function kindIs(group: string, kind: string): (type: string) => boolean {
    const prefix = group === "" ? "(?:core/)?" : `${group.replaceAll(".", "\\.")}/`;
    const pattern = new RegExp(`^kubernetes:${prefix}[^/:]+:${kind}(?:Patch)?$`);
    return (type) => pattern.test(type);
}
