import type * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

import type { PlatformConfig } from "../../config/resolve";
import type { Network } from "../network/types";

/** What a cluster layer is made from. */
export interface ClusterArgs {
    readonly config: PlatformConfig;
    /** The network that the nodes live in; none where the cluster is somebody else's. */
    readonly network: Network | undefined;
}

/** What the cluster layer promises to every layer above it, whatever the cloud (CL-01, CL-02). */
export interface Cluster {
    /** Resolves when the control plane answers. */
    readonly name: pulumi.Output<string>;
    /** Address of the control plane. */
    readonly endpoint: pulumi.Output<string>;
    /** The one provider that all Kubernetes objects are made with; usable when the node pools are. */
    readonly provider: k8s.Provider;
}
