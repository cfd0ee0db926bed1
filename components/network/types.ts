import type * as pulumi from "@pulumi/pulumi";

export type { NetworkConfig } from "./config";

/** What the network layer promises: somewhere private for nodes to live, with a way out (CL-02). */
export interface Network {
    /** Id of the VPC. */
    readonly id: pulumi.Output<string>;
    /** Private subnets for nodes: one on GCP, one a zone on AWS. */
    readonly nodeSubnetIds: readonly pulumi.Output<string>[];
    /** Id of the VPC once managed databases and caches can have private addresses in it: on GCP, when it is peered. */
    readonly managedServices: pulumi.Output<string>;
    /** Names of the secondary ranges that pods and services take their addresses from; GCP only. */
    readonly podRange: string | undefined;
    readonly serviceRange: string | undefined;
}
