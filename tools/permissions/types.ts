/** Permissions by type of resource. */
export type Table = Readonly<Record<string, readonly string[]>>;
