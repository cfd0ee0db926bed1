import assert from "node:assert/strict";

import { capacity } from "../../../components/capacity";
import { declareHeadroom } from "../../../components/capacity/declare";
import { Headroom } from "../../../components/capacity/headroom";
import type { LayerConfig } from "../../../components/capacity/layer-config";
import { placeholders } from "../../../components/capacity/size";
import { workloads } from "../../../catalog/workloads";
import { configOf, inputs, namespaceNames, planned } from "../layers";

const GiB = 2 ** 30;

describe("the declaration of the placeholders (CL-10)", () => {
    it("is their image and one group of pods, which reaches and is reached by nothing", () => {
        const size = { cpu: "800m", memory: "3277Mi" };
        assert.deepEqual(declareHeadroom(configOf("gcp", "prod")), {
            images: [{ image: "registry.k8s.io/pause:3.10.1" }],
            pods: [
                {
                    name: "headroom",
                    namespace: "monitoring",
                    labels: {
                        "app.kubernetes.io/name": "headroom",
                        "app.kubernetes.io/part-of": "ecommerce-platform",
                    },
                    app: { name: "headroom", component: "capacity" },
                    source: "object",
                    pool: "app",
                    count: { min: 6, max: 6, surge: 0 },
                    resources: { requests: size, limits: size },
                    spread: "preferred",
                    callers: [],
                    calls: [],
                },
            ],
        });
    });

    it("is empty where no capacity is reserved", () => {
        assert.deepEqual(declareHeadroom(configOf("gcp", "dev")), {});
        assert.deepEqual(capacity.declare?.({ config: configOf("existing", "prod"), workloads }), {});
    });

    it("is that of the layer", () => {
        const config = configOf("aws", "staging");
        assert.deepEqual(capacity.declare?.({ config, workloads }), declareHeadroom(config));
        assert.equal(declareHeadroom(config).pods?.[0]?.count.max, 3);
    });
});

describe("the size of the placeholders", () => {
    const app = { min: 6, max: 20, machineType: "e2-standard-4", confidential: false, zones: [] };
    const base = { headroomPercent: 25, nodePools: { app }, dedicatedPools: true };
    it("is a share of the machine's cores and memory, one pod per node of the minimum", () => {
        assert.deepEqual(placeholders(base), { count: 6, cpu: 1, memory: 4 * GiB });
        assert.deepEqual(placeholders({ ...base, headroomPercent: 100 }), { count: 6, cpu: 4, memory: 16 * GiB });
    });

    it("is undefined for 0 %, without an app pool, for an unknown machine, and without dedicated pools", () => {
        const none = [
            { ...base, headroomPercent: 0 },
            { ...base, nodePools: {} },
            { ...base, nodePools: { app: { ...app, machineType: "" } } },
            { ...base, nodePools: { app: { ...app, machineType: "e9-mega-512" } } },
            { ...base, dedicatedPools: false },
        ];
        assert.deepEqual(
            none.map(placeholders),
            none.map(() => undefined),
        );
    });
});

describe("the interface of the capacity layer", () => {
    const create = async (config: LayerConfig) => {
        let promise: unknown;
        const resources = await planned(() => {
            promise = capacity.create(
                "capacity",
                { config, security: namespaceNames } as unknown as Parameters<typeof capacity.create>[1],
                {},
            );
        });
        return { promise, resources };
    };

    it("is the number of placeholders, 0 where no capacity is reserved", async () => {
        assert.deepEqual((await create(configOf("aws", "prod"))).promise, { placeholders: 6 });
        const none = await create(configOf("aws", "dev"));
        assert.deepEqual([none.promise, none.resources], [{ placeholders: 0 }, []]);
    });

    it("uses the mirror's copy of the image by digest, and spreads over the stack's zones", async () => {
        const digest = `sha256:${"a".repeat(64)}`;
        const pins = { "registry.k8s.io/pause:3.10.1": digest };
        const images = { mirror: "registry.example.com/m", requireDigests: false, pins };
        const config = { ...configOf("gcp", "prod"), images, zones: ["a", "b"] };
        const { resources } = await create(config);
        const { template } = inputs(resources, "kubernetes:apps/v1:Deployment", "headroom")["spec"] as {
            template: {
                spec: { containers: [{ image: string }]; topologySpreadConstraints: { minDomains?: number }[] };
            };
        };
        const { containers, topologySpreadConstraints } = template.spec;
        assert.equal(containers[0].image, `registry.example.com/m/registry.k8s.io/pause:3.10.1@${digest}`);
        assert.deepEqual(
            topologySpreadConstraints.map(({ minDomains }) => minDomains),
            [2, undefined],
        );
    });

    it("has a component with the name of the priority class", async () => {
        let found: unknown;
        await planned(() => {
            const args = { placeholders: { count: 1, cpu: 1, memory: GiB }, zones: 3, namespace: "monitoring" };
            new Headroom("one", { ...args, images: { mirror: undefined, pins: {} } }, {}).priorityClassName.apply(
                (own) => {
                    found = own;
                },
            );
        });
        assert.equal(found, "shop-placeholder");
    });
});
