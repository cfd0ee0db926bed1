import assert from "node:assert/strict";

import { workloads } from "../../../../catalog/workloads";
import { createCluster } from "../../../../components/cluster";
import { admittedPatterns } from "../../../../components/cluster/gcp/image-admission";
import { repositoryOf } from "../../../../components/common/images";
import type { PlatformConfig } from "../../../../components/platform";
import { planStack, type Json, type JsonObject, type Plan, type PlannedResource } from "../../../../tools/plan";
import { sharedPlan } from "../../../stacks/plans";
import { chartOf, releasesOf, walk } from "../../addons/stack";
import { storeImages } from "../../store-images";
import { clusterArgs, configOf, one, planned, tally } from "../../layers";

const policyType = "gcp:binaryauthorization/policy:Policy";
const clusterType = "gcp:container/cluster:Cluster";
const mirror = "registry.example.com/mirror";
const digest = `sha256:${"0".repeat(64)}`;

/** Google's semantics: `*` at the end matches everything but a slash, `**` matches everything. */
function matches(pattern: string, image: string): boolean {
    const wildcard = /\*{1,2}$/.exec(pattern)?.[0].length ?? 0;
    const head = pattern.slice(0, pattern.length - wildcard).replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    return new RegExp(`^${head}${["", "[^/]*", ".*"][wildcard] ?? ""}$`).test(image);
}

function patternsIn(resources: readonly PlannedResource[]): string[] {
    const policy = resources.filter(({ type }) => type === policyType);
    assert.equal(policy.length, 1);
    const entries = policy[0]?.inputs["admissionWhitelistPatterns"] as { namePattern: string }[];
    return entries.map(({ namePattern }) => namePattern);
}

/** Every image in a plan: of pods, of the releases' charts, and of the pods that the stores' operators create. */
function imagesOf(stack: keyof typeof storeImages, { resources }: Pick<Plan, "resources">, prefix: string): string[] {
    const pods = resources
        .filter(({ type }) => type.startsWith("kubernetes:") && !type.includes("Release"))
        .flatMap(({ inputs }) => walk(inputs))
        .filter((entry): entry is [string, string] => /(^|\.)containers\.\d+\.image$/i.test(entry[0]))
        .map(([, image]) => image);
    const charts = releasesOf(resources).flatMap(({ name }) =>
        chartOf(name).images.map(({ repository, tag }) => `${prefix}${repository}:${tag}`),
    );
    const stores = storeImages[stack].map((image) => `${prefix}${image}`);
    return [...new Set([...pods, ...charts, ...stores])].sort();
}

function plan(stack: string, config: Record<string, Json> = {}): Promise<Plan> {
    const texts = Object.entries(config).map(([key, value]) => [key, JSON.stringify(value)]);
    return planStack({ stack, cloud: "gcp", config: Object.fromEntries(texts) as Record<string, string> });
}

const inCluster = (config: PlatformConfig) => planned(() => createCluster("cluster", clusterArgs(config)));

/** Images that must not be admitted: names similar to admitted ones, and unrelated ones. */
const foreign = [
    "docker.io/evil/miner:1",
    "ghcr.io/stefanprodan/podinfo-evil:6.10.1",
    "ghcr.io/stefanprodan/podinfo/miner:1",
    "ghcr.io/stefanprodan/podinfo",
    `quay.io/jetstack/cert-manager-controller-evil@${digest}`,
    "registry.example.com/mirror-evil/quay.io/jetstack/cert-manager-controller:1",
];

describe("the images that GKE admits (G9)", () => {
    for (const [stack, count] of [
        ["dev", 24],
        ["staging", 29],
        ["prod", 29],
    ] as const) {
        it(`are exactly the images of ${stack}, by tag and by digest`, async () => {
            const shared = await sharedPlan(stack, "gcp");
            const [patterns, images] = [patternsIn(shared.resources), imagesOf(stack, shared, "")];
            assert.equal(images.length, count);
            // Two patterns per repository, and no repository without an image.
            assert.equal(patterns.length, 2 * count);
            for (const image of images.flatMap((each) => [
                each,
                `${each}@${digest}`,
                `${repositoryOf(each)}@${digest}`,
            ])) {
                assert.equal(patterns.filter((pattern) => matches(pattern, image)).length, 1, image);
            }
            for (const image of foreign) {
                assert.deepEqual(
                    patterns.filter((pattern) => matches(pattern, image)),
                    [],
                    image,
                );
            }
        });
    }

    it("are the mirror's where there is one", async () => {
        const mirroredPlan = await plan("prod", { images: { mirror } });
        const [patterns, images] = [patternsIn(mirroredPlan.resources), imagesOf("prod", mirroredPlan, `${mirror}/`)];
        assert.deepEqual(patterns, [`${mirror}/**`]);
        assert.equal(images.length, 29);
        for (const image of images) {
            assert.ok(matches(`${mirror}/**`, image), image);
        }
        assert.deepEqual(
            foreign.filter((image) => matches(`${mirror}/**`, image)),
            [],
        );
    });

    it("include a service's own image, also outside the mirror, and not the stand-in", async () => {
        const image = `registry.example.com/shop/order@${digest}`;
        const services = Object.fromEntries(Object.keys(workloads).map((name) => [name, { image }]));
        const own = patternsIn((await plan("prod", { services })).resources);
        assert.ok(own.includes("registry.example.com/shop/order@*"));
        assert.deepEqual(
            own.filter((pattern) => pattern.includes("podinfo")),
            [],
        );
        const mirroredPatterns = patternsIn((await plan("prod", { services, images: { mirror } })).resources);
        assert.deepEqual(mirroredPatterns, [
            `${mirror}/**`,
            "registry.example.com/shop/order:*",
            "registry.example.com/shop/order@*",
        ]);
    });

    it("are a policy of the project that denies all others but Google's system images", async () => {
        const policy = one(await inCluster(configOf("gcp", "prod")), policyType, "cluster-admission");
        const { admissionWhitelistPatterns, ...rest } = policy.inputs;
        assert.equal((admissionWhitelistPatterns as JsonObject[]).length, 58);
        assert.deepEqual(rest, {
            project: "shop-project",
            description: "Images of the stack prod; written by its Pulumi program",
            globalPolicyEvaluationMode: "ENABLE",
            defaultAdmissionRule: {
                evaluationMode: "ALWAYS_DENY",
                enforcementMode: "ENFORCED_BLOCK_AND_AUDIT_LOG",
            },
        });
    });

    it("are set before the cluster is created", async () => {
        const resources = await inCluster(configOf("gcp", "dev"));
        const policy = one(resources, policyType, "cluster-admission");
        const needed = one(resources, clusterType, "cluster").options.dependsOn ?? [];
        assert.ok(needed.includes(policy.urn), needed.join("\n"));
    });

    it("are the primary's policy in a replica, which creates none", async () => {
        const config = configOf("gcp", "prod", { recovery: { role: "replica", replicaOf: "main" } });
        const resources = await inCluster(config);
        assert.equal(tally(resources)[policyType], undefined);
        const { inputs } = one(resources, clusterType, "cluster");
        assert.deepEqual(inputs["binaryAuthorization"], { evaluationMode: "PROJECT_SINGLETON_POLICY_ENFORCE" });
    });

    it("are restricted on GCP only", async () => {
        for (const cloud of ["aws", "existing"]) {
            const { resources } = await sharedPlan("prod", cloud);
            assert.equal(tally(resources)[policyType], undefined);
        }
    });
});

describe("the repository of an image", () => {
    const table: readonly (readonly [image: string, repository: string])[] = [
        ["ghcr.io/shop/order:1.4.2", "ghcr.io/shop/order"],
        [`ghcr.io/shop/order@${digest}`, "ghcr.io/shop/order"],
        [`ghcr.io/shop/order:1.4.2@${digest}`, "ghcr.io/shop/order"],
        ["registry.example.com:5000/order:1", "registry.example.com:5000/order"],
        ["registry.example.com:5000/order", "registry.example.com:5000/order"],
        ["localhost/order:1", "localhost/order"],
        ["shop/order:1", "docker.io/shop/order"],
        ["order:1", "docker.io/library/order"],
    ];
    for (const [image, repository] of table) {
        it(`of ${image} is ${repository}`, () => {
            assert.equal(repositoryOf(image), repository);
        });
    }
});

describe("the patterns of admitted images (G9)", () => {
    it("are empty without images", () => {
        assert.deepEqual(admittedPatterns([], undefined), []);
    });

    it("do not match names that have the mirror's name as prefix", () => {
        assert.deepEqual(admittedPatterns(["r.example.com/mirror-2/a"], "r.example.com/mirror"), [
            "r.example.com/mirror/**",
            "r.example.com/mirror-2/a:*",
            "r.example.com/mirror-2/a@*",
        ]);
    });
});
