import type * as pulumi from "@pulumi/pulumi";

/** What the edge layer promises: the one address that the internet sees (NW-01, NW-10). */
export interface Edge {
    /** Address that the shop's DNS names point to. */
    readonly address: pulumi.Output<string>;
    /** Host names that are served, with TLS (SV-18). */
    readonly hosts: readonly string[];
}
