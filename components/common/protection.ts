/** What the settings of a bucket or a key depend on: whether the stack's resources may be deleted (D7). */
export interface ProtectionConfig {
    readonly cluster: { readonly deletionProtection: boolean };
}
