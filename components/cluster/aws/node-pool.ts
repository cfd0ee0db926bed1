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

/** What an {@link EksNodePool} is made from. */
export interface EksNodePoolArgs {
    readonly config: Pick<LayerConfig, "labels" | "stack" | "tier" | "zones">;
    readonly pool: PoolName;
    readonly settings: PoolConfig;
    /** Name of the cluster. */
    readonly cluster: pulumi.Input<string>;
    readonly roleArn: pulumi.Input<string>;
    /** Key of the root volumes. */
    readonly diskKey: pulumi.Input<string>;
    /** Private subnets, one a zone, in the order of the zones. */
    readonly subnetIds: readonly pulumi.Input<string>[];
    /** What has to be there before a node can become ready. */
    readonly needs: readonly pulumi.Resource[];
}

/**
 * Pools whose pods own a volume: an EBS volume never leaves its zone, so a lost node has to come back in the same one.
 * Each has a group a zone. The others have one group over all zones, which keeps the bounds exact (20 by three is no number).
 */
const zonalPools: ReadonlySet<PoolName> = new Set(["database", "cache"]);

/** Splits a count over zones as evenly as it goes, the first ones getting the rest: 4 over 3 is 2, 1, 1. */
export function shares(total: number, zones: number): readonly number[] {
    return Array.from({ length: zones }, (_, index) => Math.floor(total / zones) + (index < total % zones ? 1 : 0));
}

/** A node group as it will be made. */
export interface GroupPlan {
    /** End of the group's name; empty where the pool has one group only. */
    readonly key: string;
    readonly min: number;
    readonly max: number;
    /** Indexes of the zones that the group's nodes run in. */
    readonly zones: readonly number[];
}

/** The groups of a pool; together they have exactly the pool's bounds (CL-03). */
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

/** One pool of nodes: a launch template and the managed groups that use it (CL-03 to CL-08). */
export class EksNodePool extends pulumi.ComponentResource {
    /** Names of the groups; resolve when their nodes have joined. */
    public readonly groupNames: pulumi.Output<string[]>;

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
                        // Private subnets only, and no key pair or remote access anywhere (E9, E10).
                        subnetIds: plan.zones.flatMap((zone) => subnetIds[zone] ?? []),
                        amiType: "AL2023_x86_64_STANDARD",
                        version: kubernetesVersion,
                        releaseVersion: eksNodeRelease,
                        capacityType: "ON_DEMAND",
                        instanceTypes: [settings.machineType],
                        launchTemplate: { id: template.id, version: template.latestVersion.apply(String) },
                        scalingConfig: { minSize: plan.min, maxSize: plan.max, desiredSize: plan.min },
                        // One node at a time: three replicas on three nodes keep two.
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
                        // The autoscaler owns the count where there is one to own; a fixed group follows its bounds, or AWS
                        // would refuse a new maximum below the old count.
                        ...(plan.min === plan.max ? {} : { ignoreChanges: ["scalingConfig.desiredSize"] }),
                    },
                ),
        );
        this.groupNames = pulumi.all(groups.map((group) => group.nodeGroupName));
        this.registerOutputs({ groupNames: this.groupNames });
    }
}
