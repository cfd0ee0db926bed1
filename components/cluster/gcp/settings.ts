import type * as pulumi from "@pulumi/pulumi";

import type { LayerConfig } from "../layer-config";
import type { Network } from "../../network/types";

/** Whether the control plane has a public address: not without a list of who may knock (G3). */
function publicAddress({ cluster }: LayerConfig): boolean {
    return !cluster.privateEndpoint && cluster.authorizedNetworks.length > 0;
}

/** Where the cluster lives and who reaches its control plane. */
export function networking(config: LayerConfig, network: Network) {
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
export function access(config: LayerConfig) {
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
export function protection(databaseKey: pulumi.Output<string>) {
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
export const operation = {
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
