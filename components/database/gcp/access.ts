import type { CloudAccess } from "../create";

/** The operator's instances use their cloud identity, which GKE finds by an annotation of the service account. */
export const gcpAccess: CloudAccess = { credentials: { googleCredentials: { gkeEnvironment: true } } };
