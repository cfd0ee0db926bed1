import type { Bag } from "../core/value";

export const SETTINGS = { project: "shop-test", region: "europe-west1" };
export const CLUSTER = "gcp:container/cluster:Cluster";
export const ADDRESS = "gcp:compute/globalAddress:GlobalAddress";
export const POOL = "gcp:container/nodePool:NodePool";
export const SUBNETWORK = "gcp:compute/subnetwork:Subnetwork";

export const cluster: Bag = { name: "shop", location: "europe-west1", initialNodeCount: 1, subnetwork: "nodes" };
export const subnetwork: Bag = {
    name: "nodes",
    network: "vpc",
    ipCidrRange: "10.0.0.0/20",
    secondaryIpRanges: [
        { rangeName: "pods", ipCidrRange: "10.64.0.0/14" },
        { rangeName: "services", ipCidrRange: "10.32.0.0/20" },
    ],
};
export const nodes = { type: SUBNETWORK, name: "nodes", inputs: subnetwork };
export const shop = { type: CLUSTER, name: "shop", inputs: { ...cluster, releaseChannel: { channel: "REGULAR" } } };

export const pool = (nodeConfig: Bag, more: Bag = {}): Bag => ({ name: "app", cluster: "shop", nodeConfig, ...more });
