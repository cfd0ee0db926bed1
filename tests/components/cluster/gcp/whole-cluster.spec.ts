import assert from "node:assert/strict";

import type { Settings } from "../../../../components/platform-config";
import type { Tier } from "../../../../config/schema";
import type { JsonObject } from "../../../../tools/plan";
import { countOf, inputOf, inputsOf, optionsOf, outputsOf, without } from "../../deployed";
import { type Deployed, deployCluster, deployment, inLayer } from "../../deployment";

const type = "gcp:container/cluster:Cluster";

/** Settings of every node, the default pool's too. */
const hardened = {
    imageType: "COS_CONTAINERD",
    serviceAccount: "cluster-nodes@shop",
    oauthScopes: ["https://www.googleapis.com/auth/cloud-platform"],
    workloadMetadataConfig: { mode: "GKE_METADATA" },
    metadata: { "disable-legacy-endpoints": "true" },
    shieldedInstanceConfig: { enableSecureBoot: true, enableIntegrityMonitoring: true },
    kubeletConfig: { insecureKubeletReadonlyPortEnabled: "FALSE" },
    bootDiskKmsKey: "cluster-keys-disks-id",
};

/** What does not depend on the tier. */
const common = {
    project: "shop-project",
    location: "us-central1",
    nodeLocations: ["us-central1-a", "us-central1-b", "us-central1-c"],
    releaseChannel: { channel: "REGULAR" },
    minMasterVersion: "1.36",
    maintenancePolicy: {
        recurringWindow: {
            startTime: "2025-01-11T03:00:00Z",
            endTime: "2025-01-11T15:00:00Z",
            recurrence: "FREQ=WEEKLY;BYDAY=SA",
        },
    },
    removeDefaultNodePool: true,
    initialNodeCount: 1,
    nodeConfig: hardened,
    network: "network-id",
    subnetwork: "network-nodes-id",
    networkingMode: "VPC_NATIVE",
    ipAllocationPolicy: { clusterSecondaryRangeName: "pods", servicesSecondaryRangeName: "services" },
    defaultMaxPodsPerNode: 110,
    datapathProvider: "ADVANCED_DATAPATH",
    enableIntranodeVisibility: true,
    workloadIdentityConfig: { workloadPool: "shop-project.svc.id.goog" },
    dnsConfig: { clusterDns: "KUBE_DNS" },
    masterAuth: { clientCertificateConfig: { issueClientCertificate: false } },
    enableLegacyAbac: false,
    rbacBindingConfig: {
        enableInsecureBindingSystemAuthenticated: false,
        enableInsecureBindingSystemUnauthenticated: false,
    },
    anonymousAuthenticationConfig: { mode: "LIMITED" },
    databaseEncryption: { state: "ENCRYPTED", keyName: "cluster-keys-database-id" },
    enableShieldedNodes: true,
    binaryAuthorization: { evaluationMode: "PROJECT_SINGLETON_POLICY_ENFORCE" },
    securityPostureConfig: { mode: "BASIC", vulnerabilityMode: "VULNERABILITY_DISABLED" },
    addonsConfig: {
        gcePersistentDiskCsiDriverConfig: { enabled: true },
        horizontalPodAutoscaling: { disabled: false },
        gkeBackupAgentConfig: { enabled: true },
        httpLoadBalancing: { disabled: false },
        dnsCacheConfig: { enabled: false },
    },
    clusterAutoscaling: { enabled: false, autoscalingProfile: "OPTIMIZE_UTILIZATION" },
    gatewayApiConfig: { channel: "CHANNEL_STANDARD" },
    loggingConfig: {
        enableComponents: ["SYSTEM_COMPONENTS", "WORKLOADS", "APISERVER", "CONTROLLER_MANAGER", "SCHEDULER"],
    },
    monitoringConfig: {
        enableComponents: ["SYSTEM_COMPONENTS", "APISERVER", "CONTROLLER_MANAGER", "SCHEDULER"],
        managedPrometheus: { enabled: false },
    },
    costManagementConfig: { enabled: true },
};

interface Endpoint {
    readonly networks?: readonly string[];
    readonly publicAddress: boolean;
    readonly dns: boolean;
}

/** Access to the control plane. */
function endpoint({ networks = [], publicAddress, dns }: Endpoint) {
    return {
        privateClusterConfig: {
            enablePrivateNodes: true,
            enablePrivateEndpoint: !publicAddress,
            masterIpv4CidrBlock: "172.31.240.0/28",
        },
        masterAuthorizedNetworksConfig: {
            cidrBlocks: networks.map((cidrBlock) => ({ cidrBlock })),
            gcpPublicCidrsAccessEnabled: false,
            privateEndpointEnforcementEnabled: true,
        },
        controlPlaneEndpointsConfig: {
            ipEndpointsConfig: { enabled: true },
            dnsEndpointConfig: { allowExternalTraffic: dns },
        },
    };
}

function ofTier(tier: Tier, protectedVpa: boolean) {
    return {
        ...common,
        ...endpoint({ publicAddress: false, dns: true }),
        name: `ecommerce-gke-${tier}`,
        deletionProtection: protectedVpa,
        verticalPodAutoscaling: { enabled: protectedVpa },
        resourceLabels: { "part-of": "ecommerce-platform", "managed-by": "pulumi", stack: tier, tier },
    };
}

const expected: Readonly<Record<Tier, object>> = {
    dev: ofTier("dev", false),
    staging: ofTier("staging", false),
    prod: ofTier("prod", true),
};

describe("the whole cluster on GCP", () => {
    const cluster = async (tier: Tier, own?: Partial<Settings>) =>
        inputOf(
            inLayer(await (own === undefined ? deployment("gcp", tier) : deployCluster("gcp", tier, own)), "cluster"),
            type,
            "cluster",
        );

    for (const tier of ["dev", "staging", "prod"] as const) {
        it(`has exactly these settings in ${tier} (G1 to G28)`, async () => {
            assert.deepEqual(await cluster(tier), expected[tier]);
        });
    }

    it("has a public address for listed networks only, and none in prod; a DNS name unless disabled (G2, G3)", async () => {
        const networks = ["203.0.113.0/24", "198.51.100.0/24"];
        const authorized = { cluster: { authorizedNetworks: networks } };
        assert.deepEqual(await cluster("dev", authorized), {
            ...expected.dev,
            ...endpoint({ networks, publicAddress: true, dns: true }),
        });
        assert.deepEqual(await cluster("prod", authorized), {
            ...expected.prod,
            ...endpoint({ networks, publicAddress: false, dns: true }),
        });
        const closed = { cluster: { dnsEndpoint: false } };
        assert.deepEqual(await cluster("prod", closed), {
            ...expected.prod,
            ...endpoint({ publicAddress: false, dns: false }),
        });
    });

    it("follows the stack's maintenance window, security group, labels and deletion protection (G22, G25)", async () => {
        const own = {
            gcp: { project: "shop-project", securityGroup: "gke-security-groups@example.com" },
            cluster: { maintenanceWindow: "30 22 * * 0,3", deletionProtection: false },
            labels: { team: "shop" },
        };
        const prod = expected.prod as JsonObject;
        assert.deepEqual(await cluster("prod", own), {
            ...prod,
            authenticatorGroupsConfig: { securityGroup: "gke-security-groups@example.com" },
            deletionProtection: false,
            resourceLabels: { ...(prod["resourceLabels"] as JsonObject), team: "shop" },
            maintenancePolicy: {
                recurringWindow: {
                    startTime: "2025-01-05T22:30:00Z",
                    endTime: "2025-01-06T04:30:00Z",
                    recurrence: "FREQ=WEEKLY;BYDAY=SU,WE",
                },
            },
        });
        const all = inLayer(await deployCluster("gcp", "prod", own), "cluster");
        assert.ok(all.every(({ options }) => options.protect === undefined));
    });
});

describe("the cluster layer on GCP", () => {
    let prod: readonly Deployed[];
    before(async () => {
        prod = inLayer(await deployment("gcp", "prod"), "cluster");
    });

    it("creates exactly these resources", () => {
        assert.deepEqual(countOf(prod), {
            "gcp:binaryauthorization/policy:Policy": 1,
            "gcp:container/cluster:Cluster": 1,
            "gcp:container/nodePool:NodePool": 6,
            "gcp:kms/cryptoKey:CryptoKey": 2,
            "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember": 2,
            "gcp:kms/keyRing:KeyRing": 1,
            "gcp:projects/iAMMember:IAMMember": 2,
            "gcp:projects/serviceIdentity:ServiceIdentity": 1,
            "gcp:serviceaccount/account:Account": 1,
            "pulumi:providers:kubernetes": 1,
        });
        assert.deepEqual(Object.keys(inputsOf(prod, "gcp:container/nodePool:NodePool")), [
            "cluster-app",
            "cluster-cache",
            "cluster-database",
            "cluster-database-rest",
            "cluster-payment",
            "cluster-spot",
        ]);
    });

    it("protects keys in prod, and ignores what GKE changes after creation", async () => {
        const ignored = Object.fromEntries(
            ["app", "cache", "database", "database-rest", "payment", "spot"].map((pool) => [
                `NodePool cluster-${pool}`,
                { ignoreChanges: ["initialNodeCount"] },
            ]),
        );
        const cluster = { "Cluster cluster": { ignoreChanges: ["nodeConfig", "initialNodeCount"] } };
        assert.deepEqual(optionsOf(prod), {
            ...cluster,
            ...ignored,
            "CryptoKey cluster-keys-database": { protect: true },
            "CryptoKey cluster-keys-disks": { protect: true },
        });
        const inDev = without(ignored, "NodePool cluster-spot", "NodePool cluster-database-rest");
        assert.deepEqual(optionsOf(inLayer(await deployment("gcp", "dev"), "cluster")), { ...cluster, ...inDev });
    });

    it("registers the cluster's name and address, and the outputs of its parts", () => {
        const pools = ["app", "cache", "database", "payment", "spot"].map((pool) => [
            `GkeNodePool cluster-${pool}`,
            {
                poolNames: [`cluster-${pool}-name`, ...(pool === "database" ? ["cluster-database-rest-name"] : [])],
            },
        ]);
        assert.deepEqual(outputsOf(prod), {
            "GkeCluster cluster": { name: "ecommerce-gke-prod", endpoint: "https://gke-1.us-central1.gke.goog" },
            "GkeAdmission cluster-admission": { policyId: "cluster-admission-id" },
            "GkeKeys cluster-keys": { database: "cluster-keys-database-id", disks: "cluster-keys-disks-id" },
            "GkeNodeAccount cluster-nodes": { email: "cluster-nodes@shop" },
            ...(Object.fromEntries(pools) as object),
        });
    });
});
