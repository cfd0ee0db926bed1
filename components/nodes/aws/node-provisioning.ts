import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { PoolName } from "../../../catalog/types";
import { equalMachines, machines } from "../../../config/machines";
import type { PoolConfig } from "../../../config/pools";
import type { LayerConfig } from "../layer-config";
import { instanceMetadata, rootVolume } from "../../common/aws/node-hardening";
import { cloudLabels } from "../../common/cloud-labels";
import { labels } from "../../common/labels";
import { poolLabels, poolTaints } from "../../common/pools";
import type { Inputs } from "../../../custom-resources/inputs";
import type { EC2NodeClass } from "../../../custom-resources/types/karpenter.k8s.aws/EC2NodeClass";
import type { NodePool } from "../../../custom-resources/types/karpenter.sh/NodePool";
import { eksName, eksNodeRelease } from "../../cluster";

/** What Karpenter's nodes are created with. */
export interface NodeTemplate {
    /** Instance profile with the nodes' role. */
    readonly instanceProfile: pulumi.Input<string>;
    /** Private subnets, one a zone. */
    readonly subnetIds: readonly pulumi.Input<string>[];
    /** ARN of the key of the root volumes. */
    readonly diskKey: pulumi.Input<string>;
}

/** What {@link NodeProvisioning} is made from. */
export interface NodeProvisioningArgs {
    readonly config: LayerConfig;
    readonly template: NodeTemplate;
    /** What brings the custom resources' kinds. @default none */
    readonly needs?: readonly pulumi.Resource[];
}

/** Release of Amazon Linux 2023 that nodes start from: that of the managed groups (`1.36.4-20260917` is `v20260917`). */
export const nodeImageAlias = `al2023@v${eksNodeRelease.split("-")[1] ?? ""}`;

/** How many nodes Karpenter may add: the pool's most without the floor, which the managed group holds (CL-03). */
export function karpenterNodes(pool: PoolName, { min, max }: Pick<PoolConfig, "min" | "max">): number {
    return pool === "spot" ? max : max - min;
}

const className = "private";

/**
 * Lets Karpenter add nodes to the app pool and make those of the spot pool (CL-03, CL-09, CL-11, CL-12). All machines of
 * a pool are of one size, so that a limit in cores is a limit in nodes, and of several families, so that one that is
 * sold out stops nobody.
 */
export class NodeProvisioning extends pulumi.ComponentResource {
    /** Names of the pools; resolve when Karpenter has them. */
    public readonly pools: pulumi.Output<string[]>;

    constructor(name: string, args: NodeProvisioningArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:nodes:NodeProvisioning", name, {}, opts);
        const { config, template } = args;
        // Given to each child: what a component waits for does not hold its children back.
        const child = { parent: this, dependsOn: [...(args.needs ?? [])] };
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
        // Pinned: a new image is a reviewed change, not what happens to be there when a node is needed (E4).
        amiSelectorTerms: [{ alias: nodeImageAlias }],
        instanceProfile: template.instanceProfile,
        // By id: what somebody else tags in the account is not taken for ours (E10).
        subnetSelectorTerms: template.subnetIds.map((id) => ({ id })),
        // The group that EKS makes and that nodes and control plane share. Tags that begin with `aws:` are AWS' own:
        // nobody in the account can put one on a group of theirs.
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
                    { key: "topology.kubernetes.io/zone", operator: "In", values: [...config.zones] },
                ],
                // A month at most: then the node is replaced, patches and all.
                expireAfter: "720h",
                // A pod that will not leave holds a node for this long and no longer.
                terminationGracePeriod: "1h",
            },
        },
        // A quantity is text, or the API server's answer differs from what was sent.
        limits: { cpu: String(karpenterNodes(pool, settings) * vcpu) },
        disruption: {
            // Half-empty nodes are packed together, but not at each dip of the load (CL-12).
            consolidationPolicy: "WhenEmptyOrUnderutilized",
            consolidateAfter: "5m",
            // One at a time: three replicas on three nodes keep two.
            budgets: [{ nodes: "1" }],
        },
    };
}
