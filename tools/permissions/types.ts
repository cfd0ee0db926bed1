/** Permissions by resource type. */
export type Table = Readonly<Record<string, readonly string[]>>;
