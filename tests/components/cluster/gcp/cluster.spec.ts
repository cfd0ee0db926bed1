import assert from "node:assert/strict";

import { createCluster } from "../../../../components/cluster";
import type { PlatformConfig } from "../../../../components/platform";
import type { Settings } from "../../../../components/platform-config";
import type { Tier } from "../../../../config/schema";
import type { JsonObject, PlannedResource } from "../../../../tools/plan";
import { clusterArgs, configOf, inputs, one, planned, tally } from "../../layers";

const types = {
    cluster: "gcp:container/cluster:Cluster",
    pool: "gcp:container/nodePool:NodePool",
    key: "gcp:kms/cryptoKey:CryptoKey",
    grant: "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember",
    role: "gcp:projects/iAMMember:IAMMember",
    provider: "pulumi:providers:kubernetes",
};

function program(config: PlatformConfig): () => void {
    return () => {
        createCluster("cluster", clusterArgs(config));
    };
}

const plan = (tier: Tier, own: Partial<Settings> = {}) => planned(program(configOf("gcp", tier, own)));

describe("the cluster on GCP", () => {
    let prod: readonly PlannedResource[];
    let dev: readonly PlannedResource[];
    let cluster: JsonObject;
    before(async () => {
        prod = (await plan("prod")).filter(({ urn }) => !urn.includes("shop:network:"));
        dev = await plan("dev", { cluster: { authorizedNetworks: ["203.0.113.0/24"] } });
        cluster = inputs(prod, types.cluster, "cluster");
    });

    it("enables GKE's vertical autoscaler where the tier requires it (AS-09)", () => {
        assert.deepEqual(cluster["verticalPodAutoscaling"], { enabled: true });
        assert.deepEqual(inputs(dev, types.cluster, "cluster")["verticalPodAutoscaling"], { enabled: false });
    });

    it("consists of a cluster, six node pools of five pools, two keys, one service account and one admission policy", () => {
        assert.deepEqual(tally(prod), {
            [types.cluster]: 1,
            [types.pool]: 6,
            [types.key]: 2,
            [types.grant]: 2,
            "gcp:binaryauthorization/policy:Policy": 1,
            "gcp:kms/keyRing:KeyRing": 1,
            [types.role]: 2,
            "gcp:projects/serviceIdentity:ServiceIdentity": 1,
            "gcp:serviceaccount/account:Account": 1,
            [types.provider]: 1,
            "shop:cluster:GkeAdmission": 1,
            "shop:cluster:GkeCluster": 1,
            "shop:cluster:GkeKeys": 1,
            "shop:cluster:GkeNodeAccount": 1,
            "shop:cluster:GkeNodePool": 5,
        });
    });

    it("is regional, in three zones, with the stack's name (CL-01)", () => {
        assert.equal(cluster["name"], "ecommerce-gke-prod");
        assert.equal(cluster["location"], "us-central1");
        assert.deepEqual(cluster["nodeLocations"], ["us-central1-a", "us-central1-b", "us-central1-c"]);
        assert.equal(cluster["project"], "shop-project");
    });

    const settings: readonly (readonly [row: string, key: string, value: unknown])[] = [
        [
            "G1, G2",
            "privateClusterConfig",
            { enablePrivateNodes: true, enablePrivateEndpoint: true, masterIpv4CidrBlock: "172.31.240.0/28" },
        ],
        [
            "G3",
            "masterAuthorizedNetworksConfig",
            { cidrBlocks: [], gcpPublicCidrsAccessEnabled: false, privateEndpointEnforcementEnabled: true },
        ],
        [
            "G3",
            "controlPlaneEndpointsConfig",
            { ipEndpointsConfig: { enabled: true }, dnsEndpointConfig: { allowExternalTraffic: true } },
        ],
        ["G4", "workloadIdentityConfig", { workloadPool: "shop-project.svc.id.goog" }],
        ["G7", "enableShieldedNodes", true],
        ["G8", "releaseChannel", { channel: "REGULAR" }],
        ["G8", "minMasterVersion", "1.36"],
        ["G9", "binaryAuthorization", { evaluationMode: "PROJECT_SINGLETON_POLICY_ENFORCE" }],
        ["G10", "datapathProvider", "ADVANCED_DATAPATH"],
        // GKE rejects the older setting together with Dataplane V2.
        ["G10", "networkPolicy", undefined],
        ["G11", "databaseEncryption", { state: "ENCRYPTED", keyName: "[unknown]" }],
        ["G15", "masterAuth", { clientCertificateConfig: { issueClientCertificate: false } }],
        ["G16", "enableLegacyAbac", false],
        ["G17", "networkingMode", "VPC_NATIVE"],
        ["G17", "ipAllocationPolicy", { clusterSecondaryRangeName: "pods", servicesSecondaryRangeName: "services" }],
        ["G18", "enableIntranodeVisibility", true],
        [
            "G21, CL-19",
            "loggingConfig",
            { enableComponents: ["SYSTEM_COMPONENTS", "WORKLOADS", "APISERVER", "CONTROLLER_MANAGER", "SCHEDULER"] },
        ],
        [
            "G21, CL-19",
            "monitoringConfig",
            {
                enableComponents: ["SYSTEM_COMPONENTS", "APISERVER", "CONTROLLER_MANAGER", "SCHEDULER"],
                managedPrometheus: { enabled: false },
            },
        ],
        [
            "G22",
            "resourceLabels",
            { "managed-by": "pulumi", "part-of": "ecommerce-platform", stack: "prod", tier: "prod" },
        ],
        ["G23", "removeDefaultNodePool", true],
        ["G25", "deletionProtection", true],
        [
            "G26",
            "rbacBindingConfig",
            { enableInsecureBindingSystemAuthenticated: false, enableInsecureBindingSystemUnauthenticated: false },
        ],
        ["G26", "anonymousAuthenticationConfig", { mode: "LIMITED" }],
        ["G27", "securityPostureConfig", { mode: "BASIC", vulnerabilityMode: "VULNERABILITY_DISABLED" }],
        ["G27", "costManagementConfig", { enabled: true }],
        // Standard, not Autopilot: the requirements for nodes apply.
        ["G28", "enableAutopilot", undefined],
        ["G22", "authenticatorGroupsConfig", undefined],
        ["CL-12", "clusterAutoscaling", { enabled: false, autoscalingProfile: "OPTIMIZE_UTILIZATION" }],
        [
            "G10, ST-01, recovery",
            "addonsConfig",
            {
                gcePersistentDiskCsiDriverConfig: { enabled: true },
                horizontalPodAutoscaling: { disabled: false },
                gkeBackupAgentConfig: { enabled: true },
                httpLoadBalancing: { disabled: false },
                dnsCacheConfig: { enabled: false },
            },
        ],
        ["maintenance", "gatewayApiConfig", { channel: "CHANNEL_STANDARD" }],
    ];
    for (const [row, key, value] of settings) {
        it(`sets ${key} (${row})`, () => {
            assert.deepEqual(cluster[key], value);
        });
    }

    it("has a public endpoint for listed networks and no deletion protection in dev (G2, G3, G25)", () => {
        const devCluster = inputs(dev, types.cluster, "cluster");
        assert.equal((devCluster["privateClusterConfig"] as JsonObject)["enablePrivateEndpoint"], false);
        assert.deepEqual((devCluster["masterAuthorizedNetworksConfig"] as JsonObject)["cidrBlocks"], [
            { cidrBlock: "203.0.113.0/24" },
        ]);
        assert.equal(devCluster["deletionProtection"], false);
    });

    it("ignores changes that GKE makes after creation", () => {
        assert.deepEqual(one(prod, types.cluster, "cluster").options.ignoreChanges, ["nodeConfig", "initialNodeCount"]);
        for (const pool of ["app", "database", "database-rest", "cache", "payment", "spot"]) {
            assert.deepEqual(one(prod, types.pool, `cluster-${pool}`).options.ignoreChanges, ["initialNodeCount"]);
        }
    });

    it("hardens every node, the default pool's too (G5, G6, G7, G12, G14, G20, G24, CL-16)", () => {
        const pools = prod.filter(({ type }) => type === types.pool).map((pool) => pool.inputs["nodeConfig"]);
        for (const node of [cluster["nodeConfig"], ...pools] as JsonObject[]) {
            assert.deepEqual(node["workloadMetadataConfig"], { mode: "GKE_METADATA" });
            assert.deepEqual(node["metadata"], { "disable-legacy-endpoints": "true" });
            assert.deepEqual(node["shieldedInstanceConfig"], {
                enableSecureBoot: true,
                enableIntegrityMonitoring: true,
            });
            assert.equal(node["imageType"], "COS_CONTAINERD");
            assert.deepEqual(node["oauthScopes"], ["https://www.googleapis.com/auth/cloud-platform"]);
            assert.deepEqual(node["kubeletConfig"], { insecureKubeletReadonlyPortEnabled: "FALSE" });
            assert.equal(node["serviceAccount"], "[unknown]");
            assert.equal(node["bootDiskKmsKey"], "[unknown]");
        }
    });

    it("has the four pools with their machines, bounds, labels and taints (CL-03 to CL-08, G1, G19)", () => {
        const expected = [
            ["app", "e2-standard-4", 6, 20, 2, undefined, undefined],
            ["cache", "n2-highmem-2", 3, 3, 1, "workload=cache", undefined],
            // Four nodes over three zones: one per zone and a pool of one, since two per zone would exceed the maximum.
            ["database", "c2-standard-8", 3, 3, 1, "workload=database", undefined],
            ["payment", "n2d-standard-4", 3, 3, 1, "pci=true", "SEV"],
        ] as const;
        for (const [pool, machineType, min, max, first, taint, confidential] of expected) {
            const poolInputs = inputs(prod, types.pool, `cluster-${pool}`);
            assert.deepEqual(poolInputs["autoscaling"], {
                totalMinNodeCount: min,
                totalMaxNodeCount: max,
                locationPolicy: "BALANCED",
            });
            assert.equal(poolInputs["initialNodeCount"], first);
            assert.deepEqual(poolInputs["management"], { autoRepair: true, autoUpgrade: true });
            assert.deepEqual(poolInputs["upgradeSettings"], { strategy: "SURGE", maxSurge: 1, maxUnavailable: 0 });
            assert.deepEqual(poolInputs["networkConfig"], { enablePrivateNodes: true });
            const node = poolInputs["nodeConfig"] as JsonObject;
            assert.equal(node["machineType"], machineType);
            assert.equal(node["diskType"], "pd-balanced");
            assert.deepEqual(node["labels"], pool === "payment" ? { workload: pool, pci: "true" } : { workload: pool });
            const [key, value] = taint?.split("=") ?? [];
            assert.deepEqual(node["taints"], taint === undefined ? undefined : [{ key, value, effect: "NO_SCHEDULE" }]);
            const expectedConfidential = { enabled: true, confidentialInstanceType: confidential };
            assert.deepEqual(node["confidentialNodes"], confidential === undefined ? undefined : expectedConfidential);
        }
    });

    it("uses Hyperdisk for the newest series and TDX for Intel machines (CL-08, ST-01)", async () => {
        const own = { app: { machineType: "n4-standard-4" }, payment: { machineType: "c3-standard-4" } };
        const all = await plan("prod", { nodePools: own });
        const node = (pool: string) => inputs(all, types.pool, `cluster-${pool}`)["nodeConfig"] as JsonObject;
        assert.equal(node("app")["diskType"], "hyperdisk-balanced");
        assert.deepEqual(node("payment")["confidentialNodes"], { enabled: true, confidentialInstanceType: "TDX" });
    });

    it("has no payment pool where it is disabled", async () => {
        const all = await plan("dev", { nodePools: { payment: { enabled: false } } });
        assert.equal(all.filter(({ type }) => type === types.pool).length, 3);
    });

    it("rotates its keys every 90 days and protects them in prod (D7)", () => {
        for (const [all, protect] of [
            [prod, true],
            [dev, undefined],
        ] as const) {
            for (const role of ["database", "disks"]) {
                const key = one(all, types.key, `cluster-keys-${role}`);
                assert.equal(key.inputs["rotationPeriod"], "7776000s");
                assert.equal(key.inputs["destroyScheduledDuration"], "2592000s");
                assert.equal(key.options.protect, protect);
            }
        }
    });

    it("creates the provider after the nodes, with server-side apply", () => {
        const provider = one(prod, types.provider, "cluster-kubernetes");
        assert.equal(provider.inputs["enableServerSideApply"], "true");
        const pools = provider.options.dependsOn?.filter((urn) => urn.includes(types.pool)) ?? [];
        assert.equal(pools.length, 6);
    });
});
