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

/** Arguments of {@link GkeCluster}. */
export interface GkeClusterArgs {
    readonly config: LayerConfig;
    readonly network: Network;
    /** Repositories of the admitted images, besides Google's system images. */
    readonly images: readonly string[];
}

/** A regional GKE Standard cluster with private nodes in three zones (CL-01). */
export class GkeCluster extends pulumi.ComponentResource implements Cluster {
    public readonly name: pulumi.Output<string>;
    public readonly endpoint: pulumi.Output<string>;
    public readonly provider: k8s.Provider;
    public readonly reach: Reach;
    /** GKE adds nodes without a controller in the cluster. */
    public readonly nodeIdentity = undefined;

    constructor(name: string, args: GkeClusterArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:cluster:GkeCluster", name, {}, opts);
        const { config, network } = args;
        const clusterName = gkeName(config.stack);
        const child = { parent: this };
        const keys = new GkeKeys(`${name}-keys`, { config }, child);
        const account = new GkeNodeAccount(`${name}-nodes`, { config }, child);
        const basics = { serviceAccount: account.email, diskKey: keys.disks };
        // A project has one policy: a replica uses its primary's, which must outlive the replica (G9).
        const admission =
            config.replicaOf === undefined
                ? [new GkeAdmission(`${name}-admission`, { config, repositories: args.images }, child)]
                : [];

        const cluster = new container.Cluster(
            name,
            {
                project: config.account,
                // People type this name: fixed, all other names have a random suffix (CL-01).
                name: clusterName,
                // A region: the control plane runs in three zones.
                location: config.region,
                nodeLocations: [...config.zones],
                deletionProtection: config.cluster.deletionProtection,
                resourceLabels: cloudLabels(config),
                releaseChannel: { channel: gkeReleaseChannel },
                minMasterVersion: kubernetesVersion,
                maintenancePolicy: { recurringWindow: maintenanceWindow(config.cluster.maintenanceWindow) },
                // Node pools are separate resources; GKE cannot create a cluster without a default pool (G23).
                removeDefaultNodePool: true,
                initialNodeCount: 1,
                // The default pool is hardened too while it exists: no default account, encrypted disk (G12).
                nodeConfig: hardenedNode(basics),
                ...networking(config, network),
                ...access(config),
                ...protection(keys.database),
                ...operation,
                // Google's implementation; the chart would conflict with it.
                verticalPodAutoscaling: { enabled: config.verticalAutoscaler },
            },
            // GKE reports the removed default pool's settings as the cluster's.
            // The admission policy has to exist before the first pod.
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
                // The credentials of the GCP provider. Without the flag the plugin uses those of `gcloud auth login`, which can
                // be another account's (https://github.com/kubernetes/cloud-provider-gcp/issues/654).
                args: ["--use_application_default_credentials"],
                installHint: "gcloud components install gke-gcloud-auth-plugin",
            },
        });
        // Objects that are created before the nodes would time out waiting for them.
        const ready = { ...child, dependsOn: pools };
        // The id, not the address, which changes when the public endpoint is removed and would replace every object.
        this.provider = kubernetesProvider(name, { kubeconfig: text, identity: cluster.id }, ready);
        this.name = cluster.name;
        this.endpoint = address.server;
        this.reach = gcpReach(config);
        this.registerOutputs({ name: this.name, endpoint: this.endpoint });
    }
}

/** Address and certificate authority for the program and for other clients outside the VPC. */
function controlPlaneAddress({ cluster: settings }: LayerConfig, cluster: container.Cluster) {
    if (settings.dnsEndpoint) {
        // The DNS endpoint has a publicly trusted certificate: the cluster's CA does not apply.
        return {
            server: pulumi.interpolate`https://${cluster.controlPlaneEndpointsConfig.dnsEndpointConfig.endpoint}`,
        };
    }
    return {
        server: pulumi.interpolate`https://${cluster.endpoint}`,
        certificateAuthority: cluster.masterAuth.clusterCaCertificate,
    };
}
