import * as container from "@pulumi/gcp/container";
import * as pulumi from "@pulumi/pulumi";

import type { PoolName } from "../../../catalog/types";
import { gcpDisks, series } from "../../../config/gcp-disks";
import type { PoolConfig } from "../../../config/pools";
import type { LayerConfig } from "../layer-config";
import { cloudLabels } from "../../common/cloud-labels";
import { poolLabels, poolTaints } from "../../common/pools";

/** What every node is made with, whatever its pool. */
export interface NodeBasics {
    /** Email of the nodes' service account. */
    readonly serviceAccount: pulumi.Input<string>;
    /** Key of the boot disks. */
    readonly diskKey: pulumi.Input<string>;
}

/** What a {@link GkeNodePool} is made from. */
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
        // Google's own minimal system with a read-only root; containerd, as there is no other runtime any more (G20, CL-16).
        imageType: "COS_CONTAINERD",
        serviceAccount: basics.serviceAccount,
        // The account's roles decide; narrower scopes would only hide which role is missing (G14).
        oauthScopes: ["https://www.googleapis.com/auth/cloud-platform"],
        // Pods see their own identity at the metadata server, never the node's (G5).
        workloadMetadataConfig: { mode: "GKE_METADATA" },
        // The metadata versions that answer without a header are what request forgery reads (G6).
        metadata: { "disable-legacy-endpoints": "true" },
        // Only signed boot code, and its measurements kept: a changed kernel does not start (G7).
        shieldedInstanceConfig: { enableSecureBoot: true, enableIntegrityMonitoring: true },
        // The read-only port answers anybody without asking who they are.
        kubeletConfig: { insecureKubeletReadonlyPortEnabled: "FALSE" },
        // Our own key: taking it away makes the disks unreadable (G24).
        bootDiskKmsKey: basics.diskKey,
    };
}

/** TDX is Intel's way to encrypt memory, SEV is AMD's (CL-08). */
function confidentialType(machineType: string): string {
    return series(machineType) === "c3" ? "TDX" : "SEV";
}

/** One pool of nodes over three zones, between two totals (CL-03 to CL-08). */
export class GkeNodePool extends pulumi.ComponentResource {
    /** Resolves when the pool's first nodes are there. */
    public readonly poolName: pulumi.Output<string>;

    constructor(name: string, args: GkeNodePoolArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:cluster:GkeNodePool", name, {}, opts);
        const { config, pool, settings } = args;
        const taint = poolTaints[pool];
        const made = new container.NodePool(
            name,
            {
                project: config.account,
                location: config.region,
                cluster: args.cluster,
                // Said only where it is not that of the cluster.
                ...(settings.zones.length === config.zones.length ? {} : { nodeLocations: [...settings.zones] }),
                // A zone each; rounded down, for the autoscaler raises a pool to its least but never shrinks below use.
                initialNodeCount: Math.floor(settings.min / settings.zones.length),
                // Totals, as a count by zone could not say 20; evenly, so that a lost zone takes a third (CL-03).
                autoscaling: {
                    totalMinNodeCount: settings.min,
                    totalMaxNodeCount: settings.max,
                    // Spot capacity comes and goes by zone: any node is better than an even spread of none.
                    locationPolicy: pool === "spot" ? "ANY" : "BALANCED",
                },
                // Broken nodes are replaced and patches applied without anybody waking up (G19).
                management: { autoRepair: true, autoUpgrade: true },
                // The new node comes before the old one goes.
                upgradeSettings: { strategy: "SURGE", maxSurge: 1, maxUnavailable: 0 },
                // No node has a public address (G1).
                networkConfig: { enablePrivateNodes: true },
                nodeConfig: {
                    ...hardenedNode(args),
                    machineType: settings.machineType,
                    diskType: gcpDisks(settings.machineType).boot,
                    diskSizeGb: 100,
                    // Cheaper, and taken back with half a minute's notice (CL-12).
                    spot: pool === "spot",
                    labels: poolLabels[pool],
                    ...(taint === undefined
                        ? {}
                        : { taints: [{ key: taint.key, value: taint.value, effect: "NO_SCHEDULE" }] }),
                    resourceLabels: { ...cloudLabels(config), pool },
                    // Memory stays encrypted while in use (CL-08).
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
            // The autoscaler owns the count; a new least would otherwise replace the pool with everything on it.
            { parent: this, ignoreChanges: ["initialNodeCount"] },
        );
        this.poolName = made.name;
        this.registerOutputs({ poolName: this.poolName });
    }
}
