import type { CloudAccess } from "../create";

/** The operator's instances use their cloud identity, which EKS finds by the name of the service account. */
export const awsAccess: CloudAccess = { credentials: { s3Credentials: { inheritFromIAMRole: true } } };
