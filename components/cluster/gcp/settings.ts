import type * as pulumi from "@pulumi/pulumi";

import type { LayerConfig } from "../layer-config";
import type { Network } from "../../network/types";

/** Whether the control plane has a public address: only with a list of authorised networks (G3). */
function publicAddress({ cluster }: LayerConfig): boolean {
    return !cluster.privateEndpoint && cluster.authorizedNetworks.length > 0;
}

/** Network of the cluster and access to its control plane. */
export function networking(config: LayerConfig, network: Network) {
    const [subnetwork] = network.nodeSubnetIds;
    if (subnetwork === undefined || network.podRange === undefined || network.serviceRange === undefined) {
        throw new Error("network has no subnetwork with ranges for pods and services; give the one of GcpNetwork");
    }
    return {
        network: network.id,
        subnetwork,
        // Pods have addresses of the VPC: firewall rules and flow logs apply to each of them (G17).
        networkingMode: "VPC_NATIVE",
        ipAllocationPolicy: {
            clusterSecondaryRangeName: network.podRange,
            servicesSecondaryRangeName: network.serviceRange,
        },
        // A /24 per node; the size of the pods' range is checked against it.
        defaultMaxPodsPerNode: 110,
        // Dataplane V2 enforces network policies; the older `networkPolicy` must stay unset (G10).
        datapathProvider: "ADVANCED_DATAPATH",
        // Traffic between pods of one node passes through the VPC and is in the flow logs (G18).
        enableIntranodeVisibility: true,
        privateClusterConfig: {
            // No node has a public address (G1).
            enablePrivateNodes: true,
            // A public address for listed networks only, and not in prod (G2, G3).
            enablePrivateEndpoint: !publicAddress(config),
            masterIpv4CidrBlock: config.network.controlPlane,
        },
        // Always set: an empty list allows no network on the public endpoint (G3).
        masterAuthorizedNetworksConfig: {
            cidrBlocks: config.cluster.authorizedNetworks.map((cidrBlock) => ({ cidrBlock })),
            // Google Cloud's public ranges include other customers' machines.
            gcpPublicCidrsAccessEnabled: false,
            privateEndpointEnforcementEnabled: true,
        },
        controlPlaneEndpointsConfig: {
            ipEndpointsConfig: { enabled: true },
            // By tier. Authorised networks do not apply to it: access needs the IAM permission to connect to clusters (G2, G3).
            dnsEndpointConfig: { allowExternalTraffic: config.cluster.dnsEndpoint },
        },
    };
}

/** Authentication and authorisation. */
export function access(config: LayerConfig) {
    return {
        // Pods have identities of their own instead of key files (G4).
        workloadIdentityConfig: { workloadPool: `${config.account}.svc.id.goog` },
        // Client certificates cannot be revoked before they expire (G15).
        masterAuth: { clientCertificateConfig: { issueClientCertificate: false } },
        // RBAC only: legacy ABAC grants cannot be restricted (G16).
        enableLegacyAbac: false,
        // `system:authenticated` includes every Google account (G26).
        rbacBindingConfig: {
            enableInsecureBindingSystemAuthenticated: false,
            enableInsecureBindingSystemUnauthenticated: false,
        },
        // RBAC bindings to Google groups instead of users: access follows group membership (G22).
        ...(config.securityGroup === undefined
            ? {}
            : { authenticatorGroupsConfig: { securityGroup: config.securityGroup } }),
        // Anonymous requests reach the health endpoints only.
        anonymousAuthenticationConfig: { mode: "LIMITED" },
    };
}

/** Protection of data and nodes. */
export function protection(databaseKey: pulumi.Output<string>) {
    return {
        // Application-layer encryption of Secrets with a customer-managed key (G11).
        databaseEncryption: { state: "ENCRYPTED", keyName: databaseKey },
        // Nodes have to prove their identity cryptographically before they join (G7).
        enableShieldedNodes: true,
        // The project's policy lists the admitted images: `image-admission.ts` (G9).
        binaryAuthorization: { evaluationMode: "PROJECT_SINGLETON_POLICY_ENFORCE" },
        // Reports misconfiguration; images are scanned by the registry (G27).
        securityPostureConfig: { mode: "BASIC", vulnerabilityMode: "VULNERABILITY_DISABLED" },
    };
}

/** Add-ons, logging and monitoring, the same in each tier. */
export const operation = {
    // The network policies allow DNS to the pods of kube-dns. Cloud DNS answers at the node's metadata address instead, and
    // GKE may change the default of the platform.
    dnsConfig: { clusterDns: "KUBE_DNS" },
    addonsConfig: {
        gcePersistentDiskCsiDriverConfig: { enabled: true },
        horizontalPodAutoscaling: { disabled: false },
        // The agent only; backup plans belong to the recovery layer.
        gkeBackupAgentConfig: { enabled: true },
        // The Gateway API needs it.
        httpLoadBalancing: { disabled: false },
        // The network policies allow the cluster's DNS, not a cache on the node.
        dnsCacheConfig: { enabled: false },
    },
    // Prefers full nodes and removes underused ones sooner (CL-12).
    clusterAutoscaling: { enabled: false, autoscalingProfile: "OPTIMIZE_UTILIZATION" },
    gatewayApiConfig: { channel: "CHANNEL_STANDARD" },
    // Logs and metrics of the control plane too (CL-19, G21).
    loggingConfig: {
        enableComponents: ["SYSTEM_COMPONENTS", "WORKLOADS", "APISERVER", "CONTROLLER_MANAGER", "SCHEDULER"],
    },
    monitoringConfig: {
        enableComponents: ["SYSTEM_COMPONENTS", "APISERVER", "CONTROLLER_MANAGER", "SCHEDULER"],
        // The platform has a Prometheus of its own.
        managedPrometheus: { enabled: false },
    },
    // Costs by namespace in the billing export.
    costManagementConfig: { enabled: true },
};
