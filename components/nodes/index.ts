import * as pulumi from "@pulumi/pulumi";

import { usesKarpenter } from "../../config/profiles";
import type { LayerConfig } from "./layer-config";
import type { Cluster } from "../cluster/types";
import { declareCharts, installCharts } from "../helm";
import type { Layer } from "../layer";
import type { Network } from "../network/types";
import type { Namespaces } from "../security/types";
import { karpenterCharts } from "./aws/karpenter";
import { KarpenterAccount } from "./aws/karpenter-account";
import { NodeProvisioning } from "./aws/node-provisioning";
import type { Nodes } from "./types";

/** Inputs of {@link createNodes}. */
export interface NodesArgs {
    readonly config: LayerConfig;
    readonly cluster: Cluster;
    readonly network: Network | undefined;
    readonly namespaces: Namespaces;
}

/** Installs and configures Karpenter; creates nothing where the cloud adds nodes. */
export function createNodes(name: string, args: NodesArgs, opts: pulumi.ComponentResourceOptions): Nodes {
    const { config, cluster, network, namespaces } = args;
    const { nodeIdentity } = cluster;
    if (!usesKarpenter(config) || nodeIdentity === undefined || network === undefined) {
        return { pools: pulumi.output([]) };
    }
    const { roleName, roleArn, diskKey } = nodeIdentity;
    const account = new KarpenterAccount(
        `${name}-karpenter`,
        { config, cluster: cluster.name, nodeRole: { name: roleName, arn: roleArn } },
        opts,
    );
    const site = { clusterName: cluster.name, interruptionQueue: account.queueName };
    const releases = installCharts(name, karpenterCharts, { config, cluster, namespaces, site }, opts);
    const template = { instanceProfile: account.instanceProfile, subnetIds: network.nodeSubnetIds, diskKey };
    // The release installs the custom resource definitions.
    const needs = Object.values(releases);
    return new NodeProvisioning(`${name}-provisioning`, { config, template, needs }, opts);
}

/** Additional nodes for pending pods (CL-03, CL-09, CL-11, CL-12). */
export const nodes: Layer<
    "nodes",
    LayerConfig,
    { readonly cluster: Cluster; readonly network: Network | undefined; readonly security: Namespaces },
    Nodes
> = {
    name: "nodes",
    declare: ({ config }) => (usesKarpenter(config) ? declareCharts(karpenterCharts, config) : {}),
    create: (name, { security: namespaces, ...args }, opts) => createNodes(name, { ...args, namespaces }, opts),
};
