import type * as pulumi from "@pulumi/pulumi";

import type { PlatformConfig } from "../../config/resolve";
import type { Network } from "../network/types";
import { EksCluster } from "./aws/cluster";
import { ExistingCluster } from "./existing";
import { GkeCluster } from "./gcp/cluster";
import { NodeProvisioning } from "../nodes/aws/node-provisioning";
import type { Cluster, ClusterArgs } from "./types";

function needed(network: Network | undefined): Network {
    if (network === undefined) {
        throw new Error("network is missing: give the one that createNetwork made, or cloud: existing");
    }
    return network;
}

/** Makes, or reaches, the cluster that the stack's cloud names, and the one provider for everything inside it. */
export function createCluster(name: string, args: ClusterArgs, opts?: pulumi.ComponentResourceOptions): Cluster {
    const { config, network, karpenter = false, images = [] } = args;
    switch (config.cloud) {
        case "gcp":
            return new GkeCluster(name, { config, network: needed(network), images }, opts);
        case "aws":
            return new EksCluster(name, { config, network: needed(network), karpenter }, opts);
        case "existing":
            return new ExistingCluster(name, { config }, opts);
    }
}

/** What provisions nodes is made from. */
export interface NodeProvisioningSource {
    readonly config: PlatformConfig;
    readonly cluster: Pick<Cluster, "ground">;
    /** What brings Karpenter and its custom resources. @default none */
    readonly needs?: readonly pulumi.Resource[];
}

/**
 * Tells Karpenter which nodes it may make; nothing where nodes come without it. Its custom resources have to be served
 * by then: give the release of Karpenter as `needs`, and `karpenter: true` to {@link createCluster}.
 */
export function createNodeProvisioning(
    name: string,
    { config, cluster, needs = [] }: NodeProvisioningSource,
    opts?: pulumi.ComponentResourceOptions,
): NodeProvisioning | undefined {
    return cluster.ground === undefined
        ? undefined
        : new NodeProvisioning(name, { config, ground: cluster.ground, needs }, opts);
}
