import * as container from "@pulumi/gcp/container";
import * as pulumi from "@pulumi/pulumi";

import type { PoolName } from "../../../catalog/types";
import { gcpDisks, series } from "../../../config/gcp-disks";
import type { PoolConfig } from "../../../config/pools";
import type { LayerConfig } from "../layer-config";
import { cloudLabels } from "../../common/cloud-labels";
import { poolLabels, poolTaints } from "../../common/pools";

/** Settings that all pools share. */
export interface NodeBasics {
    /** Email of the nodes' service account. */
    readonly serviceAccount: pulumi.Input<string>;
    /** Key of the boot disks. */
    readonly diskKey: pulumi.Input<string>;
}

/** Arguments of {@link GkeNodePool}. */
export interface GkeNodePoolArgs extends NodeBasics {
    readonly config: Pick<LayerConfig, "account" | "labels" | "region" | "stack" | "tier" | "zones">;
    readonly pool: PoolName;
    readonly settings: PoolConfig;
    /** Id of the cluster. */
    readonly cluster: pulumi.Input<string>;
}

/** Settings that harden a node. */
export function hardenedNode(basics: NodeBasics) {
    return {
        // Container-Optimized OS with a read-only root and containerd (G20, CL-16).
        imageType: "COS_CONTAINERD",
        serviceAccount: basics.serviceAccount,
        // Access is restricted by the account's roles; narrower scopes would only hide which role is missing (G14).
        oauthScopes: ["https://www.googleapis.com/auth/cloud-platform"],
        // The metadata server serves pods their own identity, never the node's (G5).
        workloadMetadataConfig: { mode: "GKE_METADATA" },
        // Legacy endpoints need no header, so server-side request forgery could read them (G6).
        metadata: { "disable-legacy-endpoints": "true" },
        // Boots signed code only, and records its measurements (G7).
        shieldedInstanceConfig: { enableSecureBoot: true, enableIntegrityMonitoring: true },
        // The read-only port has no authentication.
        kubeletConfig: { insecureKubeletReadonlyPortEnabled: "FALSE" },
        // Customer-managed key: without its grant the disks cannot be decrypted (G24).
        bootDiskKmsKey: basics.diskKey,
    };
}

/** Memory encryption: TDX on Intel, SEV on AMD (CL-08). */
function confidentialType(machineType: string): string {
    return series(machineType) === "c3" ? "TDX" : "SEV";
}

/** One GKE node pool of a {@link GkeNodePool}. */
export interface PoolPart {
    /** End of its name; empty for the first. */
    readonly role: string;
    readonly zones: readonly string[];
    /** Nodes per zone at creation. */
    readonly first: number;
    readonly min: number;
    readonly max: number;
}

/**
 * The GKE node pools of a pool, which together start with the minimum: GKE's autoscaler keeps a pool above its minimum when
 * it removes nodes, but does not add nodes to reach it
 * (https://cloud.google.com/kubernetes-engine/docs/concepts/cluster-autoscaler). GKE creates the same number of nodes in
 * each zone. Where that number rounded up would exceed the maximum, such as 4 nodes over 3 zones, the remainder is a second
 * pool of fixed size in the first zones.
 */
export function poolParts({ min, max, zones }: Pick<PoolConfig, "min" | "max" | "zones">): PoolPart[] {
    const up = Math.ceil(min / zones.length);
    if (up * zones.length <= max) {
        return [{ role: "", zones, first: up, min, max }];
    }
    const first = Math.floor(min / zones.length);
    const rest = min - first * zones.length;
    return [
        { role: "", zones, first, min: min - rest, max: max - rest },
        { role: "rest", zones: zones.slice(0, rest), first: 1, min: rest, max: rest },
    ];
}

/** A node pool over its zones, with a total minimum and maximum (CL-03 to CL-08). */
export class GkeNodePool extends pulumi.ComponentResource {
    /** Resolve when the first nodes are ready. */
    public readonly poolNames: pulumi.Output<string[]>;

    constructor(name: string, args: GkeNodePoolArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:cluster:GkeNodePool", name, {}, opts);
        const { config, pool, settings } = args;
        const taint = poolTaints[pool];
        const nodePools = poolParts(settings).map(
            (part) =>
                new container.NodePool(
                    part.role === "" ? name : `${name}-${part.role}`,
                    {
                        project: config.account,
                        location: config.region,
                        cluster: args.cluster,
                        // Set only where the zones differ from the cluster's.
                        ...(part.zones.length === config.zones.length ? {} : { nodeLocations: [...part.zones] }),
                        // Per zone.
                        initialNodeCount: part.first,
                        // Totals, since 20 is not divisible by three zones; balanced, so that a lost zone is a third (CL-03).
                        autoscaling: {
                            totalMinNodeCount: part.min,
                            totalMaxNodeCount: part.max,
                            // Spot capacity differs by zone: any available node is better than a balanced distribution.
                            locationPolicy: pool === "spot" ? "ANY" : "BALANCED",
                        },
                        // Broken nodes are replaced and patches applied automatically (G19).
                        management: { autoRepair: true, autoUpgrade: true },
                        // The new node is ready before the old one is drained.
                        upgradeSettings: { strategy: "SURGE", maxSurge: 1, maxUnavailable: 0 },
                        // No node has a public address (G1).
                        networkConfig: { enablePrivateNodes: true },
                        nodeConfig: {
                            ...hardenedNode(args),
                            machineType: settings.machineType,
                            diskType: gcpDisks(settings.machineType).boot,
                            diskSizeGb: 100,
                            // Lower price; reclaimed with 30 seconds' notice (CL-12).
                            spot: pool === "spot",
                            labels: poolLabels[pool],
                            ...(taint === undefined
                                ? {}
                                : { taints: [{ key: taint.key, value: taint.value, effect: "NO_SCHEDULE" }] }),
                            resourceLabels: { ...cloudLabels(config), pool },
                            // Memory encryption in use (CL-08).
                            ...(settings.confidential
                                ? {
                                      confidentialNodes: {
                                          enabled: true,
                                          confidentialInstanceType: confidentialType(settings.machineType),
                                      },
                                  }
                                : {}),
                        },
                    },
                    // The autoscaler changes the count; a new minimum would otherwise replace the pool.
                    { parent: this, ignoreChanges: ["initialNodeCount"] },
                ),
        );
        this.poolNames = pulumi.all(nodePools.map((nodePool) => nodePool.name));
        this.registerOutputs({ poolNames: this.poolNames });
    }
}
