import type * as pulumi from "@pulumi/pulumi";

import type { Network } from "../network/types";
import { EksCluster } from "./eks";
import { ExistingCluster } from "./existing";
import { GkeCluster } from "./gke";
import type { Cluster, ClusterArgs } from "./types";

function needed(network: Network | undefined): Network {
    if (network === undefined) {
        throw new Error("network is missing: give the one that createNetwork made, or cloud: existing");
    }
    return network;
}

/** Makes, or reaches, the cluster that the stack's cloud names, and the one provider for everything inside it. */
export function createCluster(name: string, args: ClusterArgs, opts?: pulumi.ComponentResourceOptions): Cluster {
    const { config, network } = args;
    switch (config.cloud) {
        case "gcp":
            return new GkeCluster(name, { config, network: needed(network) }, opts);
        case "aws":
            return new EksCluster(name, { config, network: needed(network) }, opts);
        case "existing":
            return new ExistingCluster(name, { config }, opts);
    }
}
