import * as ec2 from "@pulumi/aws/ec2";
import * as eks from "@pulumi/aws/eks";
import * as pulumi from "@pulumi/pulumi";

import type { PoolName } from "../../../catalog/types";
import type { PoolConfig } from "../../../config/pools";
import type { LayerConfig } from "../layer-config";
import { instanceMetadata, rootVolume } from "../../common/aws/node-hardening";
import { cloudLabels } from "../../common/cloud-labels";
import { poolLabels, poolTaints } from "../../common/pools";
import { eksNodeRelease, kubernetesVersion } from "../versions";

/** Arguments of {@link EksNodePool}. */
export interface EksNodePoolArgs {
    readonly config: Pick<LayerConfig, "labels" | "stack" | "tier" | "zones">;
    readonly pool: PoolName;
    readonly settings: PoolConfig;
    /** Name of the cluster, as text: `needs` has the dependency, once. */
    readonly cluster: string;
    readonly roleArn: pulumi.Input<string>;
    /** Key of the root volumes. */
    readonly diskKey: pulumi.Input<string>;
    /** Private subnets, one per zone, in the order of the zones. */
    readonly subnetIds: readonly pulumi.Input<string>[];
    /** What nodes need to become ready. */
    readonly needs: readonly pulumi.Resource[];
}

/**
 * Pools whose pods have volumes. An EBS volume cannot leave its zone, so a lost node has to be replaced in the same zone:
 * one group per zone. The other pools have one group over all zones, which keeps the bounds exact (20 is not divisible by 3).
 */
const zonalPools: ReadonlySet<PoolName> = new Set(["database", "cache"]);

/** Distributes a count over zones as evenly as possible, the remainder to the first ones: 4 over 3 is 2, 1, 1. */
export function shares(total: number, zones: number): readonly number[] {
    return Array.from({ length: zones }, (_, index) => Math.floor(total / zones) + (index < total % zones ? 1 : 0));
}

/** The settings of one node group. */
export interface GroupPlan {
    /** Suffix of the group's name; empty where the pool has one group. */
    readonly key: string;
    readonly min: number;
    readonly max: number;
    /** Indexes of the zones that the group's nodes run in. */
    readonly zones: readonly number[];
}

/** The groups of a pool; the sums of their bounds are the pool's bounds (CL-03). */
export function groupPlans(
    pool: PoolName,
    bounds: Pick<PoolConfig, "min" | "max" | "zones">,
    zones: readonly string[],
): GroupPlan[] {
    if (!zonalPools.has(pool)) {
        return [{ key: "", min: bounds.min, max: bounds.max, zones: bounds.zones.map((zone) => zones.indexOf(zone)) }];
    }
    const min = shares(bounds.min, zones.length);
    const max = shares(bounds.max, zones.length);
    return zones
        .map((zone, index): GroupPlan => ({ key: zone, min: min[index] ?? 0, max: max[index] ?? 0, zones: [index] }))
        .filter((plan) => plan.max > 0);
}

/** One node pool: a launch template and the managed node groups that use it (CL-03 to CL-08). */
export class EksNodePool extends pulumi.ComponentResource {
    /** Names of the groups; resolve when their nodes are ready. */
    public readonly groupNames: pulumi.Output<string[]>;
    public readonly groups: readonly pulumi.Resource[];

    constructor(name: string, args: EksNodePoolArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:cluster:EksNodePool", name, {}, opts);
        const { config, pool, settings, subnetIds } = args;
        const child = { parent: this };
        const taint = poolTaints[pool];
        const tags = { ...cloudLabels(config), pool, Name: `${config.stack}-${pool}` };
        const template = new ec2.LaunchTemplate(
            name,
            {
                description: `Nodes of the ${pool} pool`,
                updateDefaultVersion: true,
                metadataOptions: { ...instanceMetadata, instanceMetadataTags: "disabled" },
                blockDeviceMappings: [
                    {
                        deviceName: rootVolume.deviceName,
                        ebs: {
                            volumeType: rootVolume.type,
                            volumeSize: rootVolume.sizeGiB,
                            encrypted: "true",
                            kmsKeyId: args.diskKey,
                            deleteOnTermination: "true",
                        },
                    },
                ],
                tagSpecifications: [
                    { resourceType: "instance", tags },
                    { resourceType: "volume", tags },
                ],
            },
            child,
        );
        const groups = groupPlans(pool, settings, config.zones).map(
            (plan) =>
                new eks.NodeGroup(
                    plan.key === "" ? name : `${name}-${plan.key}`,
                    {
                        clusterName: args.cluster,
                        nodeRoleArn: args.roleArn,
                        // Private subnets, no key pair, no remote access (E9, E10).
                        subnetIds: plan.zones.flatMap((zone) => subnetIds[zone] ?? []),
                        amiType: "AL2023_x86_64_STANDARD",
                        version: kubernetesVersion,
                        releaseVersion: eksNodeRelease,
                        capacityType: "ON_DEMAND",
                        instanceTypes: [settings.machineType],
                        launchTemplate: { id: template.id, version: template.latestVersion.apply(String) },
                        scalingConfig: { minSize: plan.min, maxSize: plan.max, desiredSize: plan.min },
                        // One node at a time: of three replicas on three nodes, two keep running.
                        updateConfig: { maxUnavailable: 1 },
                        nodeRepairConfig: { enabled: true },
                        labels: poolLabels[pool],
                        ...(taint === undefined
                            ? {}
                            : { taints: [{ key: taint.key, value: taint.value, effect: "NO_SCHEDULE" }] }),
                    },
                    {
                        ...child,
                        dependsOn: [...args.needs],
                        // An autoscaler changes the size within the bounds. A fixed group follows its bounds, or AWS would
                        // reject a new maximum below the old size.
                        ...(plan.min === plan.max ? {} : { ignoreChanges: ["scalingConfig.desiredSize"] }),
                    },
                ),
        );
        this.groups = groups;
        this.groupNames = pulumi.all(groups.map((group) => group.nodeGroupName));
        this.registerOutputs({ groupNames: this.groupNames });
    }
}
