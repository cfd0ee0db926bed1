/** Name of the stack's GKE cluster (CL-01). */
export function gkeName(stack: string): string {
    return `ecommerce-gke-${stack}`;
}

/** Name of the stack's EKS cluster (CL-02). */
export function eksName(stack: string): string {
    return `ecommerce-eks-${stack}`;
}

/** Name of the role that Pulumi and operators assume to administer the stack's EKS cluster. */
export function eksAdminRoleName(stack: string): string {
    return `${eksName(stack)}-admin`;
}
