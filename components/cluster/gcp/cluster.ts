import * as container from "@pulumi/gcp/container";
import type * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { PoolName } from "../../../catalog/types";
import type { PoolConfig } from "../../../config/pools";
import type { LayerConfig } from "../layer-config";
import { cloudLabels } from "../../common/cloud-labels";
import type { Network } from "../../network/types";
import { GkeNodeAccount } from "./node-account";
import { GkeAdmission } from "./image-admission";
import { GkeKeys } from "./keys";
import { GkeNodePool, hardenedNode } from "./node-pool";
import { access, networking, operation, protection } from "./settings";
import { kubeconfig, kubernetesProvider } from "../kubeconfig";
import { maintenanceWindow } from "./maintenance";
import { gkeName } from "../naming";
import { gcpReach, type Reach } from "../reach";
import type { Cluster } from "../types";
import { gkeReleaseChannel, kubernetesVersion } from "../versions";

/** What a {@link GkeCluster} is made from. */
export interface GkeClusterArgs {
    readonly config: LayerConfig;
    readonly network: Network;
    /** Repositories of the images that may run besides Google's own. */
    readonly images: readonly string[];
}

/** A regional GKE Standard cluster with private nodes in three zones (CL-01). */
export class GkeCluster extends pulumi.ComponentResource implements Cluster {
    public readonly name: pulumi.Output<string>;
    public readonly endpoint: pulumi.Output<string>;
    public readonly provider: k8s.Provider;
    public readonly reach: Reach;
    /** GKE creates its nodes itself. */
    public readonly nodeIdentity = undefined;

    constructor(name: string, args: GkeClusterArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:cluster:GkeCluster", name, {}, opts);
        const { config, network } = args;
        const clusterName = gkeName(config.stack);
        const child = { parent: this };
        const keys = new GkeKeys(`${name}-keys`, { config }, child);
        const account = new GkeNodeAccount(`${name}-nodes`, { config }, child);
        const basics = { serviceAccount: account.email, diskKey: keys.disks };
        // A project has one policy: the primary's counts for a replica too, and must not go when the replica goes (G9).
        const admission =
            config.replicaOf === undefined
                ? [new GkeAdmission(`${name}-admission`, { config, repositories: args.images }, child)]
                : [];

        const cluster = new container.Cluster(
            name,
            {
                project: config.account,
                // The one name that people type: fixed, where all others get a random suffix (CL-01).
                name: clusterName,
                // A region: the control plane runs in three zones as the nodes do.
                location: config.region,
                nodeLocations: [...config.zones],
                deletionProtection: config.cluster.deletionProtection,
                resourceLabels: cloudLabels(config),
                releaseChannel: { channel: gkeReleaseChannel },
                minMasterVersion: kubernetesVersion,
                maintenancePolicy: { recurringWindow: maintenanceWindow(config.cluster.maintenanceWindow) },
                // The pools are resources of their own; GKE cannot make a cluster without this first one (G23).
                removeDefaultNodePool: true,
                initialNodeCount: 1,
                // Short as its life is, the first pool too has no default account and an encrypted disk (G12).
                nodeConfig: hardenedNode(basics),
                ...networking(config, network),
                ...access(config),
                ...protection(keys.database),
                ...operation,
                // Google's own: the chart beside it would fight over the same objects.
                verticalPodAutoscaling: { enabled: config.verticalAutoscaler },
            },
            // GKE reports the first pool's settings as the cluster's after that pool is gone.
            // No pod starts before the policy says which may.
            { ...child, ignoreChanges: ["nodeConfig", "initialNodeCount"], dependsOn: admission },
        );

        const pools = (Object.entries(config.nodePools) as [PoolName, PoolConfig][]).map(
            ([pool, settings]) =>
                new GkeNodePool(`${name}-${pool}`, { config, pool, settings, cluster: cluster.id, ...basics }, child),
        );

        const address = controlPlaneAddress(config, cluster);
        const text = kubeconfig(clusterName, {
            ...address,
            token: {
                command: "gke-gcloud-auth-plugin",
                installHint: "gcloud components install gke-gcloud-auth-plugin",
            },
        });
        // Objects made before there are nodes would wait for them, and time out.
        const ready = { ...child, dependsOn: pools };
        // The id, not the address: that changes when the public side closes, and every object would be made anew.
        this.provider = kubernetesProvider(name, { kubeconfig: text, identity: cluster.id }, ready);
        this.name = cluster.name;
        this.endpoint = address.server;
        this.reach = gcpReach(config);
        this.registerOutputs({ name: this.name, endpoint: this.endpoint });
    }
}

/** Address and authority that the program, and every client outside the VPC, uses for the control plane. */
function controlPlaneAddress({ cluster: settings }: LayerConfig, cluster: container.Cluster) {
    if (settings.dnsEndpoint) {
        // Google's own certificate answers under this name, so there is no authority of the cluster's to trust.
        return {
            server: pulumi.interpolate`https://${cluster.controlPlaneEndpointsConfig.dnsEndpointConfig.endpoint}`,
        };
    }
    return {
        server: pulumi.interpolate`https://${cluster.endpoint}`,
        certificateAuthority: cluster.masterAuth.clusterCaCertificate,
    };
}
