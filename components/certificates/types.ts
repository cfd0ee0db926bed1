import type { IssuerRef } from "../common/certificate";

/** The interface of the certificates layer: a certificate authority for connections inside the cluster (SC-06). */
export interface Certificates {
    /** Issues certificates of servers and of clients; resolves when it can. */
    readonly internal: IssuerRef;
}
