/** Purpose of a bucket. `access` receives the access logs of the others; AWS only. `audit` belongs to the audit layer. */
export type Purpose = "backup" | "logs" | "access" | "audit";

/**
 * Name of a Cloud Storage bucket. Names are globally unique, so they contain the project; they have no random suffix, so
 * that a replica can compute its primary's. At most 30 + 20 + 8 of 63 characters.
 */
export function gcsName(project: string, stack: string, purpose: Purpose): string {
    return `${project}-${stack}-${purpose}`;
}

/** Name of an S3 bucket, with account and region for the same reasons. At most 12 + 20 + 13 + 15 of 63 characters. */
export function s3Name(account: string, region: string, stack: string, purpose: Purpose): string {
    return `shop-${purpose}-${stack}-${account}-${region}`;
}
