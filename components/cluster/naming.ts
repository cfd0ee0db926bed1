/** Longest stack name that every name made from it has room for: GKE takes 40 characters, a service account 30. */
const longest = 20;

/** Throws where cloud names cannot be made from a stack's name. */
export function checkStackName(stack: string): void {
    if (!/^[a-z][-a-z0-9]*[a-z0-9]$/.test(stack) || stack.length > longest) {
        throw new Error(
            `stack (${stack}) does not fit into cloud names; ` +
                `give 2 to ${longest} lower-case letters, digits and dashes, a letter first`,
        );
    }
}

/** Name of the stack's GKE cluster (CL-01). */
export function gkeName(stack: string): string {
    checkStackName(stack);
    return `ecommerce-gke-${stack}`;
}

/** Name of the stack's EKS cluster (CL-02). */
export function eksName(stack: string): string {
    checkStackName(stack);
    return `ecommerce-eks-${stack}`;
}

/** Name of the role that Pulumi and operators take on to administer the stack's EKS cluster. */
export function eksAdminRoleName(stack: string): string {
    return `${eksName(stack)}-admin`;
}
