import type * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

import type { PlatformConfig } from "../../config/resolve";
import type { Network } from "../network/types";

/** What a cluster layer is made from. */
export interface ClusterArgs {
    readonly config: PlatformConfig;
    /** The network that the nodes live in; none where the cluster is somebody else's. */
    readonly network: Network | undefined;
    /**
     * Whether {@link createNodeProvisioning} follows. Then the managed group of the app pool on AWS holds the floor only,
     * Karpenter adds the rest (CL-03), and {@link Cluster.ground} is what it needs. @default false
     */
    readonly karpenter?: boolean;
    /** Repositories of the images that may run, where the cloud admits listed ones only. @default Google's own alone (G9) */
    readonly images?: readonly string[];
}

/** What nodes are made on that are not there beforehand: AWS only, where GKE makes its own. */
export interface ProvisioningGround {
    /** Queue that tells the controller of interruptions; it resolves when the controller has its permissions. */
    readonly queueName: pulumi.Output<string>;
    /** Instance profile of the nodes. */
    readonly instanceProfile: pulumi.Output<string>;
    readonly subnetIds: readonly pulumi.Output<string>[];
    /** Key of the root volumes. */
    readonly diskKey: pulumi.Output<string>;
}

/** What the cluster layer promises to every layer above it, whatever the cloud (CL-01, CL-02). */
export interface Cluster {
    /** Resolves when the control plane answers. */
    readonly name: pulumi.Output<string>;
    /** Address of the control plane. */
    readonly endpoint: pulumi.Output<string>;
    /** The one provider that all Kubernetes objects are made with; usable when the node pools are. */
    readonly provider: k8s.Provider;
    /** For Karpenter; undefined where nodes come without it. */
    readonly ground: ProvisioningGround | undefined;
}
