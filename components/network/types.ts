import type * as pulumi from "@pulumi/pulumi";

export type { FlowLogSettings, NetworkConfig } from "./config";

/** The interface of the network layer: private subnets for nodes, with outbound access (CL-02). */
export interface Network {
    /** Id of the VPC. */
    readonly id: pulumi.Output<string>;
    /** Private subnets for nodes: one on GCP, one per zone on AWS. Resolve when outbound access works. */
    readonly nodeSubnetIds: readonly pulumi.Output<string>[];
    /** Id of the VPC; resolves when managed databases and caches can get private addresses in it: on GCP, when it is peered. */
    readonly managedServices: pulumi.Output<string>;
    /** What must exist before the control plane can be reached from outside of the VPC. @default nothing */
    readonly wayIn?: readonly pulumi.Resource[];
    /** Names of the secondary ranges for pods and services; GCP only. */
    readonly podRange: string | undefined;
    readonly serviceRange: string | undefined;
}
