/** What a bucket is for. `access` holds the records of who read the others; AWS only. `audit` is the audit layer's. */
export type Purpose = "backup" | "logs" | "access" | "audit";

/**
 * Name of a bucket of Google's. All names of buckets share one world, so that the project is in it; fixed, so that a
 * replica finds its primary's. At most 30 + 20 + 8 of 63 characters.
 */
export function gcsName(project: string, stack: string, purpose: Purpose): string {
    return `${project}-${stack}-${purpose}`;
}

/** Name of a bucket of AWS', with account and region for the same reasons. At most 12 + 20 + 13 + 15 of 63 characters. */
export function s3Name(account: string, region: string, stack: string, purpose: Purpose): string {
    return `shop-${purpose}-${stack}-${account}-${region}`;
}
