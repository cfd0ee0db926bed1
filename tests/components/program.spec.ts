import assert from "node:assert/strict";

import { workloads as shop } from "../../catalog/workloads";
import { layers } from "../../components/platform";
import { createProgram } from "../../components/program";
import { without } from "./deployed";
import type { Deployment } from "./deployment";
import { run } from "./run-program";

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
    it("has no custom kind that a policy pack run by the CLI cannot read", () => {
        // The CLI starts the pack without the layers: it reads custom-resources/pods.ts and no layer's own kinds.
        assert.deepEqual(layers.customKinds, []);
    });

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

    for (const cloud of ["gcp", "aws"] as const) {
        it(`creates the network of a stack on ${cloud} and nothing else in the first of two phases`, async () => {
            const phase = await run(createProgram(), cloud, "prod", { cluster: { networkOnly: true } });
            const whole = await run(createProgram(), cloud, "prod");
            const network = ({ resources }: Deployment) =>
                resources
                    .filter(({ urn }) => urn.includes("shop:network:"))
                    .map(({ title, inputs }) => ({ title, inputs }));
            assert.deepEqual(network(phase), network(whole));
            const others = phase.resources
                .filter(({ urn }) => !urn.includes("shop:network:"))
                .map(({ title }) => title);
            assert.deepEqual(others, [
                ...{ gcp: ["gcp gcp"], aws: ["aws aws", "aws aws-dr"] }[cloud],
                "Platform platform",
            ]);
            assert.deepEqual(phase.outputs, { tier: "prod", cloud, role: "primary" });
        });
    }

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
                "prometheus-operator-crds": "monitoring",
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

    it("gives its declarations after a run only, and takes another catalogue and other layers", async () => {
        const workloads = { order: { ...shop.order, calls: {} } };
        const created: string[] = [];
        const program = createProgram({
            workloads,
            layers: {
                configuration: layers.configuration,
                declare: (args) => layers.declare(args),
                createUntil: (last, args, parent) => layers.createUntil(last, args, parent),
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
        // Each layer's own pods, whatever the catalogue of services is.
        assert.deepEqual(names, [
            "schema",
            "partition-maintenance",
            "reservation-cleanup",
            "daily-report",
            "valkey-state",
            "valkey-state-formed",
            "valkey-cache",
            "valkey-cache-formed",
            "memcached",
            "order",
            "cache-warm",
        ]);
    });
});
