import type * as pulumi from "@pulumi/pulumi";

/** One way into the database. */
export interface DatabaseEndpoint {
    /** DNS name of the pooler's Service. */
    readonly host: pulumi.Output<string>;
    readonly port: 5432;
}

/** What the database layer promises, whether the pods are ours or the cloud's (DB-01, DB-09, DB-18). */
export interface Database {
    /** Reads and writes; follows the primary through a failover (DB-20). */
    readonly writer: DatabaseEndpoint;
    /** Reads only, spread over the replicas; may lag behind the writer (DB-02). */
    readonly reader: DatabaseEndpoint;
    /** Name of the Secret with the credentials of a workload's own role, in that workload's namespace (DB-17). */
    readonly credentialsOf: (workload: string) => pulumi.Output<string>;
}
