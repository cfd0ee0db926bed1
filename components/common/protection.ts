import type * as pulumi from "@pulumi/pulumi";

/** What the settings of a bucket or a key depend on: whether the stack's resources may be deleted (D7). */
export interface ProtectionConfig {
    readonly cluster: { readonly deletionProtection: boolean };
}

/** Whether the stack's data outlives it: buckets with their settings, keys and grants. */
export interface RetentionConfig {
    readonly data: { readonly keepOnDestroy: boolean };
}

/**
 * The option of a resource that outlives the stack: `pulumi destroy` removes it from the state and leaves it in the cloud.
 * Set on each resource, because whether children inherit it depends on the engine's version
 * (https://github.com/pulumi/pulumi/issues/19654).
 */
export function kept(keep: boolean): Pick<pulumi.CustomResourceOptions, "retainOnDelete"> {
    return keep ? { retainOnDelete: true } : {};
}
