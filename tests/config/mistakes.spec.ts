import assert from "node:assert/strict";

import { workloads } from "../../catalog/workloads";
import { platformConfig } from "../../components/platform-config";
import { ConfigError, shown } from "../../config/problems";
import { goodSettings, linesOf, settingsOf } from "./stack-file";

describe("several mistakes", () => {
    const many = {
        ...goodSettings("prod", "gcp"),
        flavour: "vanilla",
        domain: "Shop",
        gcp: { project: "X", zones: ["us-central1-a", "here", "us-central1-c"] },
        network: { nodes: "10.0.0.7/16", services: "10.44.0.0/20" },
        cluster: { maintenanceWindow: "0 25 * * 6", privateEndpoint: false, authorizedNetworks: ["0.0.0.0/0"] },
        nodePools: { app: { min: 21, max: "20" }, cache: { min: 9 }, payment: { enabled: false } },
        resources: { cpuRequest: "4", memoryLimit: "2GB" },
        scheduling: { spread: "preferred" },
        services: { order: { minReplicas: 1, image: "order" }, product: { replicas: 5 }, shipping: {} },
    };

    it("are reported all at once, sorted by key", () => {
        const names = "frontend, gateway, admin, user, product, order, payment, inventory, notification";
        const known = Object.keys(platformConfig.schema.shape).join(", ");
        const image = "an image with an exact tag or a digest, such as registry.example.com/shop/order:1.4.2";
        const expected = [
            'cluster.authorizedNetworks.0: "0.0.0.0/0" opens the control plane to the internet; give networks of /8 or smaller that are yours',
            'cluster.maintenanceWindow: "0 25 * * 6" is not valid; give five cron fields, such as 0 3 * * 6',
            "cluster.privateEndpoint: false exposes prod's control plane to the internet; give true or remove the key",
            'domain: "Shop" is not valid; give a lower-case domain name such as demo.example.com',
            `flavour: "vanilla" is not a known key; known here: ${known}`,
            'gcp.project: "X" is not valid; give a project id such as shop-prod-1234',
            'gcp.zones.1: "here" is not valid; give a zone such as us-central1-a',
            'network.nodes: "10.0.0.7/16" is not valid; give an IPv4 network by its first address, such as 10.0.0.0/16',
            'network.services: "10.44.0.0/20" overlaps network.pods (10.44.0.0/14); give a range of its own',
            'nodePools.app.max: "20" is not valid; give a whole number from 1 to 1000',
            "nodePools.app.min: 21 is more than nodePools.app.max (20); give 20 or fewer, or raise max",
            "nodePools.cache.min: 9 is more than nodePools.cache.max (3); give 3 or fewer, or raise max",
            "nodePools.payment.enabled: false leaves payment without the nodes that it may run on; give true or remove the key",
            'resources.cpuRequest: "4" is more than resources.cpuLimit (2); give 2 or less, or raise the limit',
            'resources.memoryLimit: "2GB" is not valid; give a quantity above 0 with Mi or Gi, such as "512Mi" or "2Gi"',
            'scheduling.spread: "preferred" lets all replicas share a zone; give required in prod',
            `services.order.image: "order" is not valid; give ${image}`,
            "services.order.minReplicas: 1 is below the minimum that keeps order available when a zone is lost; give 3 or more in prod",
            "services.product.replicas: 5 has no effect because tier prod autoscales; give minReplicas and maxReplicas instead",
            `services.shipping: {} is not a service of the catalogue; give one of ${names}`,
        ];
        assert.deepEqual(
            linesOf(many),
            expected.map((line) => `ecommerce-platform:${line}`),
        );
    });

    it("are reported whatever else is wrong with tier or cloud, on which the cross-key rules hang", () => {
        assert.equal(linesOf({ ...many, tier: "live", cloud: "gpc" }).length, 11);
    });

    it("are reported beside one whose key begins alike", () => {
        const labels = { aws: 4711, "aws-team": "shop" };
        assert.deepEqual(
            linesOf({ ...goodSettings("dev", "gcp"), labels }).map((line) => line.split(": ")[0]),
            ["ecommerce-platform:labels.aws", "ecommerce-platform:labels.aws-team"],
        );
    });

    it("leave the settings that were judged untouched", () => {
        const before = structuredClone(many);
        linesOf(many);
        assert.deepEqual(many, before);
    });
});

describe("the error of a stack", () => {
    const failure = (set: Record<string, unknown>) => {
        const { problems = [] } = platformConfig.validate("dev", settingsOf({ base: "dev/gcp", set }), workloads);
        return new ConfigError("dev", problems);
    };

    it("is exact for one mistake", () => {
        assert.equal(
            failure({ tier: "Dev" }).message,
            [
                "Pulumi.dev.yaml has 1 mistake:",
                '  ecommerce-platform:tier: "Dev" is not valid; give one of dev, staging, prod',
            ].join("\n"),
        );
    });

    it("is exact for two mistakes", () => {
        assert.equal(
            failure({ "nodePools.app.max": 2, "nodePools.cache.min": 1 }).message,
            [
                "Pulumi.dev.yaml has 2 mistakes:",
                "  ecommerce-platform:nodePools.app.min: 3 is more than nodePools.app.max (2); give 2 or fewer, or raise max",
                "  ecommerce-platform:nodePools.cache.min: 1 leaves a zone without a node; give 3 or more",
            ].join("\n"),
        );
    });

    it("carries the mistakes themselves", () => {
        assert.deepEqual(
            failure({ domain: "x" }).problems.map(({ path, value }) => ({ path, value })),
            [{ path: "ecommerce-platform:domain", value: "x" }],
        );
    });

    it("shows long values only in part", () => {
        assert.equal(shown("x".repeat(78)).length, 80);
        assert.equal(shown("x".repeat(79)), `"${"x".repeat(76)}...`);
        assert.equal(shown(undefined), "(missing)");
    });
});
