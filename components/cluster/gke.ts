import * as container from "@pulumi/gcp/container";
import type * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { PoolName } from "../../catalog/types";
import type { PoolConfig } from "../../config/pools";
import type { PlatformConfig } from "../../config/resolve";
import { cloudLabels } from "../common/cloud-labels";
import type { Network } from "../network/types";
import { GkeNodeAccount } from "./gke-account";
import { GkeAdmission } from "./gke-admission";
import { GkeKeys } from "./gke-keys";
import { GkeNodePool, hardenedNode } from "./gke-nodes";
import { kubeconfig, kubernetesProvider } from "./kubeconfig";
import { maintenanceWindow } from "./maintenance";
import { gkeName } from "./naming";
import type { Cluster } from "./types";
import { gkeReleaseChannel, kubernetesVersion } from "./versions";

/** What a {@link GkeCluster} is made from. */
export interface GkeClusterArgs {
    readonly config: PlatformConfig;
    readonly network: Network;
    /** Repositories of the images that may run besides Google's own. */
    readonly images: readonly string[];
}

/** A regional GKE Standard cluster with private nodes in three zones (CL-01). */
export class GkeCluster extends pulumi.ComponentResource implements Cluster {
    public readonly name: pulumi.Output<string>;
    public readonly endpoint: pulumi.Output<string>;
    public readonly provider: k8s.Provider;
    /** GKE makes its nodes itself. */
    public readonly ground = undefined;

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

        const door = entrance(config, cluster);
        const text = kubeconfig(clusterName, {
            ...door,
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
        this.endpoint = door.server;
        this.registerOutputs({ name: this.name, endpoint: this.endpoint });
    }
}

/** Whether the control plane has a public address: not without a list of who may knock (G3). */
function publicAddress({ cluster }: PlatformConfig): boolean {
    return !cluster.privateEndpoint && cluster.authorizedNetworks.length > 0;
}

/** How the program itself reaches the control plane, as does whoever else has no way into the VPC. */
function entrance({ cluster: settings }: PlatformConfig, cluster: container.Cluster) {
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

/** Where the cluster lives and who reaches its control plane. */
function networking(config: PlatformConfig, network: Network) {
    const [subnetwork] = network.nodeSubnetIds;
    if (subnetwork === undefined || network.podRange === undefined || network.serviceRange === undefined) {
        throw new Error("network has no subnetwork with ranges for pods and services; give the one of GcpNetwork");
    }
    return {
        network: network.id,
        subnetwork,
        // Pods get addresses of the VPC itself: firewall rules and flow logs see each of them (G17).
        networkingMode: "VPC_NATIVE",
        ipAllocationPolicy: {
            clusterSecondaryRangeName: network.podRange,
            servicesSecondaryRangeName: network.serviceRange,
        },
        // A /24 of pods a node, which the size of the pods' range is checked against.
        defaultMaxPodsPerNode: 110,
        // eBPF enforces network policies, so the older `networkPolicy` switch must stay unset (G10).
        datapathProvider: "ADVANCED_DATAPATH",
        // Traffic between pods of one node passes the VPC too, and shows in the flow logs (G18).
        enableIntranodeVisibility: true,
        privateClusterConfig: {
            // No node has a public address (G1).
            enablePrivateNodes: true,
            // A public address for listed networks only, and only where the tier has one: prod never does (G2, G3).
            enablePrivateEndpoint: !publicAddress(config),
            masterIpv4CidrBlock: config.network.controlPlane,
        },
        // Always on. An empty list closes the public endpoint to everybody (G3).
        masterAuthorizedNetworksConfig: {
            cidrBlocks: config.cluster.authorizedNetworks.map((cidrBlock) => ({ cidrBlock })),
            // Google's public ranges hold every customer's machines, not ours alone.
            gcpPublicCidrsAccessEnabled: false,
            privateEndpointEnforcementEnabled: true,
        },
        controlPlaneEndpointsConfig: {
            ipEndpointsConfig: { enabled: true },
            // By tier. The authorised networks do not count there: IAM lets in who may connect to clusters (G2, G3).
            dnsEndpointConfig: { allowExternalTraffic: config.cluster.dnsEndpoint },
        },
    };
}

/** Who is let in, as what. */
function access(config: PlatformConfig) {
    return {
        // Pods have identities of their own in place of keys in files (G4).
        workloadIdentityConfig: { workloadPool: `${config.account}.svc.id.goog` },
        // A certificate cannot be revoked before it ends (G15).
        masterAuth: { clientCertificateConfig: { issueClientCertificate: false } },
        // RBAC decides alone; the older scheme allowed by file and could not be narrowed (G16).
        enableLegacyAbac: false,
        // "Everybody who is logged in" means anyone with a Google account (G26).
        rbacBindingConfig: {
            enableInsecureBindingSystemAuthenticated: false,
            enableInsecureBindingSystemUnauthenticated: false,
        },
        // Bindings name groups of people in place of people: who changes teams changes rights (G22).
        ...(config.securityGroup === undefined
            ? {}
            : { authenticatorGroupsConfig: { securityGroup: config.securityGroup } }),
        // Who is nobody may ask whether the control plane is well, nothing else.
        anonymousAuthenticationConfig: { mode: "LIMITED" },
    };
}

/** What keeps the data and the nodes from being tampered with. */
function protection(databaseKey: pulumi.Output<string>) {
    return {
        // Secrets lie encrypted in the control plane's database, with our key (G11).
        databaseEncryption: { state: "ENCRYPTED", keyName: databaseKey },
        // A machine has to prove that it is a node of this project before it may join (G7).
        enableShieldedNodes: true,
        // The project's policy says which images may start: `gke-admission.ts` (G9).
        binaryAuthorization: { evaluationMode: "PROJECT_SINGLETON_POLICY_ENFORCE" },
        // Reports what is set badly; the scan of images is the registry's (G27).
        securityPostureConfig: { mode: "BASIC", vulnerabilityMode: "VULNERABILITY_DISABLED" },
    };
}

/** What runs beside the workloads, the same in each environment. */
const operation = {
    addonsConfig: {
        gcePersistentDiskCsiDriverConfig: { enabled: true },
        horizontalPodAutoscaling: { disabled: false },
        // The agent only: what is backed up, and when, is said where recovery is planned.
        gkeBackupAgentConfig: { enabled: true },
        // Needed by the Gateway API that follows.
        httpLoadBalancing: { disabled: false },
        // The network policies let pods ask the cluster's DNS, not a cache on the node.
        dnsCacheConfig: { enabled: false },
    },
    // Pods are packed before a node is added, and a node that stands half empty goes sooner (CL-12).
    clusterAutoscaling: { enabled: false, autoscalingProfile: "OPTIMIZE_UTILIZATION" },
    gatewayApiConfig: { channel: "CHANNEL_STANDARD" },
    // The control plane's own logs and metrics too (CL-19, G21).
    loggingConfig: {
        enableComponents: ["SYSTEM_COMPONENTS", "WORKLOADS", "APISERVER", "CONTROLLER_MANAGER", "SCHEDULER"],
    },
    monitoringConfig: {
        enableComponents: ["SYSTEM_COMPONENTS", "APISERVER", "CONTROLLER_MANAGER", "SCHEDULER"],
        // The platform brings its own Prometheus.
        managedPrometheus: { enabled: false },
    },
    // The bill says which namespace spent it.
    costManagementConfig: { enabled: true },
};
