import type * as pulumi from "@pulumi/pulumi";

/** What the search layer promises: an Elasticsearch API over TLS (SE-01). */
export interface Search {
    /** `https://host:9200`. */
    readonly url: pulumi.Output<string>;
    /** Name of the Secret with a workload's credentials, in that workload's namespace. */
    readonly credentialsOf: (workload: string) => pulumi.Output<string>;
}
