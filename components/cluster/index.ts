import type * as pulumi from "@pulumi/pulumi";

import { clusterConfig } from "./config";
import type { LayerConfig } from "./layer-config";
import { admittedRepositories, type Layer, type LayerArgs } from "../layer";
import type { Network } from "../network/types";
import { EksCluster } from "./aws/cluster";
import { ExistingCluster } from "./existing";
import { GkeCluster } from "./gcp/cluster";
import type { Cluster } from "./types";

export { eksAdminRoleName, eksName } from "./naming";
export { eksNodeRelease, kubernetesVersion } from "./versions";

/** What the cluster layer is created from. */
export type ClusterArgs = Pick<LayerArgs<LayerConfig>, "config" | "declared"> & {
    /** The network that the nodes live in; undefined for an existing cluster. */
    readonly network: Network | undefined;
};

function required(network: Network | undefined): Network {
    if (network === undefined) {
        throw new Error("network is missing: give the one that createNetwork made, or cloud: existing");
    }
    return network;
}

/** Creates, or connects to, the cluster of the stack's cloud, and the one provider for everything inside it. */
export function createCluster(name: string, args: ClusterArgs, opts?: pulumi.ComponentResourceOptions): Cluster {
    const { config, network, declared } = args;
    switch (config.cloud) {
        case "gcp": {
            const images = admittedRepositories(declared, config.images.mirror);
            return new GkeCluster(name, { config, network: required(network), images }, opts);
        }
        case "aws":
            return new EksCluster(name, { config, network: required(network) }, opts);
        case "existing":
            return new ExistingCluster(name, { config }, opts);
    }
}

/** The cluster, its fixed node pools and the way to reach it (CL-01 to CL-08). */
export const cluster: Layer<
    "cluster",
    LayerConfig,
    { readonly network: Network | undefined },
    Cluster,
    typeof clusterConfig
> = {
    name: "cluster",
    config: clusterConfig,
    create: createCluster,
    providersOf: ({ provider }) => [provider],
};
