import type * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

import type { Reach } from "./reach";

export type { ClusterConfig } from "./config";

export type { Reach } from "./reach";

/** What a controller needs to create nodes that join the cluster; AWS only, GKE creates its own. */
export interface NodeIdentity {
    /** Name of the nodes' IAM role. */
    readonly roleName: pulumi.Output<string>;
    readonly roleArn: pulumi.Output<string>;
    /** ARN of the key of the root volumes. */
    readonly diskKey: pulumi.Output<string>;
}

/** The interface of the cluster layer, independent of the cloud (CL-01, CL-02). */
export interface Cluster {
    /** Resolves when the control plane is running. */
    readonly name: pulumi.Output<string>;
    /** Address of the control plane. */
    readonly endpoint: pulumi.Output<string>;
    /** The provider of all Kubernetes objects; usable when the node pools are ready. */
    readonly provider: k8s.Provider;
    /** How pods reach the control plane, the cloud's APIs and the kubelets. */
    readonly reach: Reach;
    /** For Karpenter; undefined where the cloud adds nodes. */
    readonly nodeIdentity: NodeIdentity | undefined;
    /** Id of the security group that nodes and pods are in: what managed stores admit. AWS only. */
    readonly podSecurityGroup?: pulumi.Output<string>;
}
