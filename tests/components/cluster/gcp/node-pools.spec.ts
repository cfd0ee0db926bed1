import assert from "node:assert/strict";

import { type PoolPart, poolParts } from "../../../../components/cluster/gcp/node-pool";
import type { Settings } from "../../../../components/platform-config";
import type { Tier } from "../../../../config/schema";
import type { JsonObject } from "../../../../tools/plan";
import { inputsOf } from "../../deployed";
import { deployCluster, deployment, inLayer } from "../../deployment";

interface Pool {
    readonly machine: string;
    readonly bounds: readonly [min: number, max: number];
    /** Nodes per zone at creation. */
    readonly first: number;
    readonly taint?: readonly [key: string, value: string];
    readonly labels?: JsonObject;
    readonly confidential?: string;
    readonly disk?: string;
    readonly spot?: boolean;
    /** Where it is not the name. */
    readonly pool?: string;
    /** Where it is not in all zones. */
    readonly zones?: readonly string[];
}

/** All inputs of a node pool. */
function expected(tier: Tier, pool: string, row: Pool): JsonObject {
    const { machine, bounds, first, taint, labels, confidential, disk = "pd-balanced", spot = false, zones } = row;
    const [min, max] = bounds;
    return {
        project: "shop-project",
        location: "us-central1",
        cluster: "cluster-id",
        ...(zones === undefined ? {} : { nodeLocations: [...zones] }),
        initialNodeCount: first,
        autoscaling: { totalMinNodeCount: min, totalMaxNodeCount: max, locationPolicy: spot ? "ANY" : "BALANCED" },
        management: { autoRepair: true, autoUpgrade: true },
        upgradeSettings: { strategy: "SURGE", maxSurge: 1, maxUnavailable: 0 },
        networkConfig: { enablePrivateNodes: true },
        nodeConfig: {
            imageType: "COS_CONTAINERD",
            serviceAccount: "cluster-nodes@shop",
            oauthScopes: ["https://www.googleapis.com/auth/cloud-platform"],
            workloadMetadataConfig: { mode: "GKE_METADATA" },
            metadata: { "disable-legacy-endpoints": "true" },
            shieldedInstanceConfig: { enableSecureBoot: true, enableIntegrityMonitoring: true },
            kubeletConfig: { insecureKubeletReadonlyPortEnabled: "FALSE" },
            bootDiskKmsKey: "cluster-keys-disks-id",
            machineType: machine,
            diskType: disk,
            diskSizeGb: 100,
            spot,
            labels: labels ?? { workload: row.pool ?? pool },
            ...(taint === undefined ? {} : { taints: [{ key: taint[0], value: taint[1], effect: "NO_SCHEDULE" }] }),
            resourceLabels: {
                "part-of": "ecommerce-platform",
                "managed-by": "pulumi",
                stack: tier,
                tier,
                pool: row.pool ?? pool,
            },
            ...(confidential === undefined
                ? {}
                : { confidentialNodes: { enabled: true, confidentialInstanceType: confidential } }),
        },
    };
}

const small: Readonly<Record<"cache" | "database" | "payment", Pool>> = {
    cache: { machine: "n2-highmem-2", bounds: [3, 3], first: 1, taint: ["workload", "cache"] },
    database: { machine: "c2-standard-8", bounds: [3, 3], first: 1, taint: ["workload", "database"] },
    payment: {
        machine: "n2d-standard-4",
        bounds: [3, 3],
        first: 1,
        taint: ["pci", "true"],
        labels: { workload: "payment", pci: "true" },
    },
};
const app: Pool = { machine: "e2-standard-4", bounds: [3, 6], first: 1 };
const spot: Pool = { machine: "e2-standard-4", bounds: [0, 3], first: 0, taint: ["workload", "spot"], spot: true };
const confidential = { ...small.payment, confidential: "SEV" };

/** Pools of the tiers (CL-03 to CL-08, CL-12). */
const tiers: Readonly<Record<Tier, Readonly<Record<string, Pool>>>> = {
    dev: { app, ...small },
    staging: { app: { ...app, bounds: [3, 12] }, ...small, payment: confidential, spot },
    prod: {
        app: { ...app, bounds: [6, 20], first: 2 },
        ...small,
        // Four nodes over three zones: two per zone would exceed the maximum.
        "database-rest": { ...small.database, pool: "database", bounds: [1, 1], zones: ["us-central1-a"] },
        payment: confidential,
        spot: { ...spot, bounds: [0, 6] },
    },
};

function whole(tier: Tier, pools: Readonly<Record<string, Pool>>): Record<string, JsonObject> {
    return Object.fromEntries(
        Object.entries(pools).map(([pool, row]) => [`cluster-${pool}`, expected(tier, pool, row)]),
    );
}

describe("the GKE node pools of a pool", () => {
    const zones = ["a", "b", "c"];
    const cases: readonly (readonly [min: number, max: number, parts: readonly PoolPart[]])[] = [
        [3, 3, [{ role: "", zones, first: 1, min: 3, max: 3 }]],
        [0, 6, [{ role: "", zones, first: 0, min: 0, max: 6 }]],
        // The autoscaler removes what no pod needs, but adds nothing to reach the minimum.
        [7, 20, [{ role: "", zones, first: 3, min: 7, max: 20 }]],
        [
            4,
            4,
            [
                { role: "", zones, first: 1, min: 3, max: 3 },
                { role: "rest", zones: ["a"], first: 1, min: 1, max: 1 },
            ],
        ],
        [
            5,
            5,
            [
                { role: "", zones, first: 1, min: 3, max: 3 },
                { role: "rest", zones: ["a", "b"], first: 1, min: 2, max: 2 },
            ],
        ],
        [
            4,
            5,
            [
                { role: "", zones, first: 1, min: 3, max: 4 },
                { role: "rest", zones: ["a"], first: 1, min: 1, max: 1 },
            ],
        ],
    ];
    for (const [min, max, parts] of cases) {
        it(`start with ${min} nodes or more, and have at most ${max} (CL-03, DB-01)`, () => {
            assert.deepEqual(poolParts({ min, max, zones }), parts);
            const first = parts.reduce((sum, part) => sum + part.first * part.zones.length, 0);
            assert.ok(first >= min && first <= max);
        });
    }
});

describe("each node pool on GCP", () => {
    const pools = async (tier: Tier, own?: Partial<Settings>) =>
        inputsOf(
            inLayer(await (own === undefined ? deployment("gcp", tier) : deployCluster("gcp", tier, own)), "cluster"),
            "gcp:container/nodePool:NodePool",
        );

    for (const tier of ["dev", "staging", "prod"] as const) {
        it(`has exactly these settings in ${tier} (CL-03 to CL-08, CL-12, G1 to G24)`, async () => {
            assert.deepEqual(await pools(tier), whole(tier, tiers[tier]));
        });
    }

    it("has the newest machines and their disks where the stack asks for them (ST-01)", async () => {
        const newest = { disk: "hyperdisk-balanced" };
        const { app: own, cache, database, payment, spot: taken } = tiers.prod;
        assert.deepEqual(
            await pools("prod", { nodePools: { generation: "latest" } }),
            whole("prod", {
                app: { ...own!, machine: "n4-standard-4", ...newest },
                cache: { ...cache!, machine: "n4-highmem-2", ...newest },
                database: { ...database!, machine: "n4-standard-8", ...newest },
                "database-rest": { ...tiers.prod["database-rest"]!, machine: "n4-standard-8", ...newest },
                payment: { ...payment!, machine: "c3d-standard-4" },
                spot: { ...taken!, machine: "n4-standard-4", ...newest },
            }),
        );
    });

    it("encrypts memory with TDX on Intel machines (CL-08)", async () => {
        const own = await pools("prod", { nodePools: { payment: { machineType: "c3-standard-4" } } });
        const row = { ...confidential, machine: "c3-standard-4", confidential: "TDX" };
        assert.deepEqual(own["cluster-payment"], expected("prod", "payment", row));
    });

    it("has one node in one zone each in the compact profile (CL-15)", async () => {
        const row = (machine: string, zone: string): Pool => ({ machine, bounds: [1, 1], first: 1, zones: [zone] });
        assert.deepEqual(
            await pools("dev", { nodePools: { profile: "compact" } }),
            whole("dev", {
                frontend: row("e2-standard-2", "us-central1-a"),
                backend: row("e2-standard-4", "us-central1-b"),
                data: row("e2-standard-8", "us-central1-c"),
            }),
        );
    });
});
