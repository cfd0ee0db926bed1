import assert from "node:assert/strict";

import * as pulumi from "@pulumi/pulumi";

import { workloads as shop } from "../../catalog/workloads";
import { layers } from "../../components/platform";
import { createProgram, type PlatformProgram } from "../../components/program";
import { type Cloud, cloudNames, type Tier } from "../../config/schema";
import { withPins } from "./addons/stack";
import { without } from "./deployed";
import { deploy, type Deployment } from "./deployment";
import { configOf } from "./layers";

const account: Readonly<Record<Cloud, Readonly<Record<string, unknown>>>> = {
    gcp: { gcp: { project: "shop-project" } },
    aws: { aws: { accountId: "123456789012" } },
    existing: {},
};

/** Runs a program as Pulumi does. */
async function run(
    program: PlatformProgram,
    cloud: Cloud,
    tier: Tier,
    own: Readonly<Record<string, unknown>> = {},
): Promise<Deployment> {
    const settings = { tier, cloud, domain: "shop.example.com", ...account[cloud], ...own };
    const texts = Object.entries(settings).map(([key, value]) => [
        `ecommerce-platform:${key}`,
        typeof value === "string" ? value : JSON.stringify(value),
    ]);
    try {
        return await deploy(() => {
            pulumi.runtime.setAllConfig(Object.fromEntries(texts) as Record<string, string>);
            return program();
        });
    } finally {
        pulumi.runtime.setAllConfig({});
    }
}

const url = (host: string, port: number) => `http://${host}.svc.cluster.local:${port}`;
const services = {
    admin: url("admin.frontend", 8080),
    frontend: url("frontend.frontend", 80),
    gateway: url("gateway.ingress", 80),
    inventory: url("inventory.services", 8080),
    notification: url("notification.services", 8080),
    order: url("order.services", 8080),
    payment: url("payment.payment", 8080),
    product: url("product.services", 8080),
    user: url("user.services", 8080),
};
const standIns = ["frontend", "gateway", "admin", "user", "product", "order", "payment", "inventory", "notification"];

describe("the program", () => {
    it("has these outputs on GCP", async () => {
        const { outputs } = await run(createProgram(), "gcp", "dev");
        assert.deepEqual(outputs, {
            tier: "dev",
            cloud: "gcp",
            role: "primary",
            // The stack of this run is called test.
            clusterName: "ecommerce-gke-test",
            clusterEndpoint: "https://gke-1.us-central1.gke.goog",
            services,
            backupBucket: "gs://shop-project-test-backup",
            standIns,
        });
    });

    it("has these outputs on AWS, without the services that run their own image among the stand-ins", async () => {
        const image = `registry.example.com/shop/order@sha256:${"0".repeat(64)}`;
        const own = { services: { order: { image } } };
        const { outputs } = await run(createProgram(), "aws", "prod", own);
        assert.deepEqual(outputs, {
            tier: "prod",
            cloud: "aws",
            role: "primary",
            clusterName: "ecommerce-eks-test",
            clusterEndpoint: "https://eks.example",
            services,
            backupBucket: "s3://shop-backup-test-123456789012-us-east-1",
            standIns: standIns.filter((name) => name !== "order"),
        });
    });

    it("has these outputs on an existing cluster, which has no bucket", async () => {
        const { outputs } = await run(createProgram(), "existing", "dev", { existing: { context: "kind" } });
        assert.deepEqual(outputs, {
            tier: "dev",
            cloud: "existing",
            role: "primary",
            clusterName: "kind",
            clusterEndpoint: "as the machine's kubeconfig says",
            services,
            standIns,
        });
    });

    it("has its role in its outputs", async () => {
        const recovery = {
            recovery: { role: "replica", replicaOf: "main" },
            gcp: { project: "shop-project", region: "us-east1" },
        };
        const { outputs } = await run(createProgram(), "gcp", "prod", recovery);
        assert.equal(outputs["role"], "replica");
    });

    it("creates one platform, and registers what it outputs and the add-ons", async () => {
        const { resources, outputs } = await run(createProgram(), "gcp", "staging");
        const platforms = resources.filter(({ type }) => type === "shop:platform:Platform");
        assert.equal(platforms.length, 1);
        assert.equal(platforms[0]?.name, "platform");
        assert.deepEqual(platforms[0].outputs, {
            ...without(outputs, "tier", "cloud", "role"),
            addons: {
                "cert-manager": "security",
                "external-secrets": "security",
                reloader: "security",
                "external-dns": "ingress",
            },
        });
    });

    it("uses providers of the stack's account and region, and one of the region with the copies on AWS", async () => {
        const providers = ({ resources }: Deployment) =>
            Object.fromEntries(
                resources
                    .filter(({ type }) => /^pulumi:providers:(gcp|aws)$/.test(type))
                    .map(({ name, inputs }) => [
                        name,
                        without(inputs, "skipCredentialsValidation", "skipRegionValidation"),
                    ]),
            );
        const tags = (tier: string) => ({
            "part-of": "ecommerce-platform",
            "managed-by": "pulumi",
            stack: "test",
            tier,
        });
        const onAws = (region: string, tier: string) => ({
            region,
            allowedAccountIds: JSON.stringify(["123456789012"]),
            defaultTags: JSON.stringify({ tags: tags(tier) }),
        });
        assert.deepEqual(providers(await run(createProgram(), "aws", "prod")), {
            aws: onAws("us-east-1", "prod"),
            "aws-dr": onAws("us-west-2", "prod"),
        });
        assert.deepEqual(providers(await run(createProgram(), "aws", "dev")), { aws: onAws("us-east-1", "dev") });
        assert.deepEqual(providers(await run(createProgram(), "gcp", "prod")), {
            gcp: { project: "shop-project", region: "us-central1", defaultLabels: JSON.stringify(tags("prod")) },
        });
        assert.deepEqual(providers(await run(createProgram(), "existing", "prod")), {});
    });

    describe("where the stack demands digests", () => {
        const demand = { images: { requireDigests: true } };
        const pins = (cloud: Cloud, tier: Tier): Record<string, string> =>
            withPins(configOf(cloud, tier)).images.pins as Record<string, string>;

        it("refuses images by tag before anything is registered, with all of them", async () => {
            const all = pins("gcp", "prod");
            const kubeBench = "docker.io/aquasec/kube-bench:v0.15.6";
            const others = Object.fromEntries(
                Object.entries(all).filter(([image]) => !/podinfo|kube-bench/.test(image)),
            );
            let created = 0;
            const program = createProgram({
                pins: others,
                layers: {
                    configuration: layers.configuration,
                    declare: (args) => layers.declare(args),
                    create: (args, parent) => {
                        created++;
                        return layers.create(args, parent);
                    },
                },
            });
            const own = { order: { image: `registry.example.com/shop/order@sha256:${"3".repeat(64)}` } };
            await assert.rejects(run(program, "gcp", "prod", { ...demand, services: own }), {
                message: [
                    "Pulumi.test.yaml has 1 mistake:",
                    `  ecommerce-platform:images.requireDigests: true needs a digest of every image, and there is none of ${kubeBench}, ghcr.io/stefanprodan/podinfo:6.10.1; run npm run pin-images -- test, or give a service's own image as name@sha256:...`,
                ].join("\n"),
            });
            assert.equal(created, 0);
        });

        it("counts an image of the stack file by tag, which the lock does not apply to", async () => {
            const image = "registry.example.com/shop/order:1";
            const locked = { ...pins("gcp", "dev"), [image]: `sha256:${"3".repeat(64)}` };
            const settings = { ...demand, services: { order: { image } } };
            await assert.rejects(run(createProgram({ pins: locked }), "gcp", "dev", settings), {
                message: new RegExp(`there is none of ${image}; `),
            });
        });

        it("runs with a complete lock, and counts the digest that Karpenter's chart has", async () => {
            const { outputs } = await run(createProgram({ pins: pins("gcp", "prod") }), "gcp", "prod", demand);
            assert.equal(outputs["tier"], "prod");
            const { "public.ecr.aws/karpenter/controller:1.14.1": karpenter, ...rest } = pins("aws", "prod");
            assert.match(karpenter!, /^sha256:/);
            assert.equal((await run(createProgram({ pins: rest }), "aws", "prod", demand)).outputs["tier"], "prod");
        });
    });

    for (const cloud of cloudNames) {
        it(`runs every image by digest with a complete lock, on ${cloud}`, async () => {
            const pins = withPins(configOf(cloud, "prod")).images.pins;
            const { resources } = await run(createProgram({ pins }), cloud, "prod");
            const found = new Set<string>();
            for (const { inputs } of resources) {
                for (const text of JSON.stringify(inputs).match(/"image":(?:"[^"]*"|\{[^{}]*\})/g) ?? []) {
                    found.add(text.slice('"image":'.length));
                }
            }
            // Of pods, and of charts: each digest of the lock, and no image without one.
            const text = [...found].sort();
            assert.deepEqual(
                text.filter((image) => !/@?sha256:[0-9a-f]{64}/.test(image)),
                [],
            );
            const digests = text.map((image) => /sha256:[0-9a-f]{64}/.exec(image)?.[0]);
            assert.deepEqual(digests.sort(), Object.values(pins).sort());
        });
    }

    it("gives its declarations after a run only, and takes another catalogue and other layers", async () => {
        const workloads = { order: { ...shop.order, calls: {} } };
        const created: string[] = [];
        const program = createProgram({
            workloads,
            layers: {
                configuration: layers.configuration,
                declare: (args) => layers.declare(args),
                create: (args, parent) => {
                    created.push(...Object.keys(args.workloads));
                    return layers.create(args, parent);
                },
            },
        });
        assert.equal(program.declared(), undefined);
        const { outputs } = await run(program, "existing", "dev");
        assert.deepEqual(outputs["services"], { order: services.order });
        assert.deepEqual(outputs["standIns"], ["order"]);
        assert.deepEqual(created, ["order"]);
        const names = program
            .declared()
            ?.pods.filter(({ source }) => source === "object")
            .map(({ name }) => name);
        assert.deepEqual(names, ["order"]);
    });
});
