import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { PoolName } from "../../../catalog/types";
import { equalMachines, machines } from "../../../config/machines";
import type { PoolConfig } from "../../../config/pools";
import { isZoneId } from "../../../config/zones";
import type { LayerConfig } from "../layer-config";
import { instanceMetadata, rootVolume } from "../../common/aws/node-hardening";
import { cloudLabels } from "../../common/cloud-labels";
import { labels } from "../../common/labels";
import { poolLabels, poolTaints } from "../../common/pools";
import type { Inputs } from "../../../custom-resources/inputs";
import type { EC2NodeClass } from "../../../custom-resources/types/karpenter.k8s.aws/EC2NodeClass";
import type { NodePool } from "../../../custom-resources/types/karpenter.sh/NodePool";
import { eksName, eksNodeRelease } from "../../cluster";

/** Settings of Karpenter's nodes. */
export interface NodeTemplate {
    /** Instance profile with the nodes' role. */
    readonly instanceProfile: pulumi.Input<string>;
    /** Private subnets, one per zone. */
    readonly subnetIds: readonly pulumi.Input<string>[];
    /** ARN of the key of the root volumes. */
    readonly diskKey: pulumi.Input<string>;
}

/** Arguments of {@link NodeProvisioning}. */
export interface NodeProvisioningArgs {
    readonly config: LayerConfig;
    readonly template: NodeTemplate;
    /** What installs the custom resource definitions. @default none */
    readonly needs?: readonly pulumi.Resource[];
}

/** Amazon Linux 2023 release of the nodes, the same as in managed node groups (`1.36.4-20260917` is `v20260917`). */
export const nodeImageAlias = `al2023@v${eksNodeRelease.split("-")[1] ?? ""}`;

/** Maximum number of nodes that Karpenter adds: the pool's maximum without the managed group's fixed nodes (CL-03). */
export function karpenterNodes(pool: PoolName, { min, max }: Pick<PoolConfig, "min" | "max">): number {
    return pool === "spot" ? max : max - min;
}

const className = "private";

/** Maximum time for draining a node. */
const terminationGracePeriod = "1h";

/** Draining starts on all nodes of a pool at the same time, and instances take some minutes to terminate. */
const deletionTimeout = "75m";

/**
 * Karpenter's node class and node pools: additional nodes of the app pool and all of the spot pool (CL-03, CL-09, CL-11,
 * CL-12). All instance types of a pool have the same size, so that its CPU limit is a limit on nodes; they are of several
 * families, so that nodes can be added when one has no capacity.
 */
export class NodeProvisioning extends pulumi.ComponentResource {
    /** Names of the pools; resolve when they exist. */
    public readonly pools: pulumi.Output<string[]>;

    constructor(name: string, args: NodeProvisioningArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:nodes:NodeProvisioning", name, {}, opts);
        const { config, template } = args;
        // For each child: a component's own dependencies do not apply to its children.
        const child = {
            parent: this,
            dependsOn: [...(args.needs ?? [])],
            // Karpenter's finalizers keep a deleted NodePool until its nodes are drained, and a deleted EC2NodeClass until
            // they are terminated. Pulumi gives up after ten minutes by default.
            customTimeouts: { delete: deletionTimeout },
        };
        const nodeClass = new k8s.apiextensions.CustomResource(
            `${name}-class`,
            {
                apiVersion: "karpenter.k8s.aws/v1",
                kind: "EC2NodeClass",
                metadata: { name: className, labels: labels(className, "nodes") },
                spec: nodeClassSpec(config, template),
            } satisfies Inputs<EC2NodeClass>,
            child,
        );
        const made = (["app", "spot"] as const).flatMap((pool) => {
            const settings = config.nodePools[pool];
            if (settings === undefined || karpenterNodes(pool, settings) <= 0) {
                return [];
            }
            const nodePool = new k8s.apiextensions.CustomResource(
                `${name}-${pool}`,
                {
                    apiVersion: "karpenter.sh/v1",
                    kind: "NodePool",
                    metadata: { name: pool, labels: labels(pool, "nodes") },
                    spec: nodePoolSpec(config, pool, settings),
                } satisfies Inputs<NodePool>,
                { ...child, dependsOn: [...child.dependsOn, nodeClass] },
            );
            return [nodePool.metadata.name];
        });
        this.pools = pulumi.all(made);
        this.registerOutputs({ pools: this.pools });
    }
}

function nodeClassSpec(config: LayerConfig, template: NodeTemplate): NonNullable<Inputs<EC2NodeClass>["spec"]> {
    return {
        // Pinned: a new image is a reviewed change (E4).
        amiSelectorTerms: [{ alias: nodeImageAlias }],
        instanceProfile: template.instanceProfile,
        // By id: subnets that have the same tags are not selected (E10).
        subnetSelectorTerms: template.subnetIds.map((id) => ({ id })),
        // The cluster security group, which EKS creates for nodes and control plane. Tags with the prefix `aws:` can be
        // set by AWS only.
        securityGroupSelectorTerms: [{ tags: { "aws:eks:cluster-name": eksName(config.stack) } }],
        associatePublicIPAddress: false,
        metadataOptions: { ...instanceMetadata, httpProtocolIPv6: "disabled" },
        blockDeviceMappings: [
            {
                deviceName: rootVolume.deviceName,
                ebs: {
                    volumeType: rootVolume.type,
                    volumeSize: `${rootVolume.sizeGiB}Gi`,
                    encrypted: true,
                    kmsKeyID: template.diskKey,
                    deleteOnTermination: true,
                },
            },
        ],
        tags: cloudLabels(config),
    };
}

/** Label of nodes whose values are the stack's zones, which are ids or names. */
function zoneLabel(zones: readonly string[]): string {
    return zones.every(isZoneId) ? "topology.k8s.aws/zone-id" : "topology.kubernetes.io/zone";
}

function nodePoolSpec(config: LayerConfig, pool: "app" | "spot", settings: PoolConfig): Inputs<NodePool>["spec"] {
    const taint = poolTaints[pool];
    const vcpu = machines.aws[settings.machineType]?.vcpu ?? 0;
    return {
        template: {
            metadata: { labels: { ...poolLabels[pool] } },
            spec: {
                nodeClassRef: { group: "karpenter.k8s.aws", kind: "EC2NodeClass", name: className },
                ...(taint === undefined ? {} : { taints: [{ ...taint }] }),
                requirements: [
                    {
                        key: "karpenter.sh/capacity-type",
                        operator: "In",
                        values: [pool === "spot" ? "spot" : "on-demand"],
                    },
                    { key: "kubernetes.io/arch", operator: "In", values: ["amd64"] },
                    {
                        key: "node.kubernetes.io/instance-type",
                        operator: "In",
                        values: equalMachines("aws", settings.machineType),
                    },
                    { key: zoneLabel(config.zones), operator: "In", values: [...config.zones] },
                ],
                // Nodes are replaced after at most 30 days, with current patches.
                expireAfter: "720h",
                terminationGracePeriod,
            },
        },
        // Text: the API server returns quantities as text, and a number would show as a difference.
        limits: { cpu: String(karpenterNodes(pool, settings) * vcpu) },
        disruption: {
            // Consolidates underused nodes, but not at every short drop of the load (CL-12).
            consolidationPolicy: "WhenEmptyOrUnderutilized",
            consolidateAfter: "5m",
            // One node at a time: of three replicas on three nodes, two keep running.
            budgets: [{ nodes: "1" }],
        },
    };
}
