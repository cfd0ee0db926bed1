import assert from "node:assert/strict";

import type { Workloads } from "../../../catalog/types";
import type { LayerConfig } from "../../../components/services/layer-config";
import { declareServices } from "../../../components/services/declare";
import { configOf } from "../layers";

const scaling = { min: 3, max: 9, requestsPerSecond: 400 };

/** A public service that calls a workload, a store and two hosts, and one that only it calls. */
const shop: Workloads = {
    edge: {
        description: "Public",
        namespace: "ingress",
        importance: "edge",
        public: true,
        scaling,
        calls: {
            workloads: ["books"],
            stores: ["kafka"],
            hosts: [
                { host: "api.example.com", port: 443 },
                { host: "mail.example.com", port: 587 },
            ],
        },
    },
    books: {
        description: "Private",
        namespace: "payment",
        importance: "standard",
        pool: "payment",
        scaling: { min: 2, max: 4, followsCustomers: false },
        calls: {},
    },
};

const labels = (name: string) => ({
    "app.kubernetes.io/name": name,
    "app.kubernetes.io/part-of": "ecommerce-platform",
});
const resources = { requests: { cpu: "500m", memory: "1Gi" }, limits: { cpu: "2", memory: "2Gi" } };
const standIn = "ghcr.io/stefanprodan/podinfo:6.10.1";

describe("the declaration of the services", () => {
    it("is the pods of each workload, who calls them and what they call", () => {
        const { pods } = declareServices({ config: configOf("gcp", "prod"), workloads: shop });
        assert.deepEqual(pods, [
            {
                name: "edge",
                namespace: "ingress",
                labels: labels("edge"),
                app: { name: "edge", component: "edge" },
                source: "object",
                pool: "app",
                count: { min: 3, max: 9, surge: 1, load: { baseline: 3, requestsPerSecond: 400 } },
                resources,
                spread: "required",
                callers: [{ anyAddress: 8080 }, { metrics: 8081 }],
                calls: [
                    { pods: { namespace: "payment", labels: labels("books") }, port: 8080 },
                    { store: "kafka" },
                    { internet: 443 },
                    { internet: 587 },
                ],
            },
            {
                name: "books",
                namespace: "payment",
                labels: labels("books"),
                app: { name: "books", component: "standard" },
                source: "object",
                pool: "payment",
                count: { min: 2, max: 4, surge: 1 },
                resources,
                spread: "required",
                callers: [{ pods: { namespace: "ingress", labels: labels("edge") }, port: 8080 }, { metrics: 8081 }],
                calls: [],
            },
            {
                name: "cache-warm",
                namespace: "services",
                labels: labels("cache-warm"),
                app: { name: "cache-warm", component: "job" },
                source: "object",
                pool: "app",
                count: { min: 0, max: 2, surge: 0 },
                job: true,
                resources: {
                    requests: { cpu: "50m", memory: "64Mi" },
                    limits: { cpu: "500m", memory: "256Mi" },
                },
                spread: "preferred",
                callers: [],
                calls: [{ store: "postgres-ro" }, { store: "valkey-cache" }],
            },
        ]);
    });

    it("has the load of a pod in prod only, where autoscalers follow it (AS-12)", () => {
        const loads = (config: LayerConfig): unknown[] =>
            (declareServices({ config, workloads: shop }).pods ?? []).flatMap(({ count }) => count.load ?? []);
        const prod = configOf("gcp", "prod");
        assert.deepEqual(loads(prod), [{ baseline: 3, requestsPerSecond: 400 }]);
        assert.deepEqual(loads({ ...prod, replicas: { ...prod.replicas, autoscale: false } }), []);
        assert.deepEqual(loads(configOf("gcp", "staging")), []);
    });

    it("has the jobs of the catalogue as callers of stores, and in a replica none (SV-13, CL-18)", () => {
        const config = configOf("aws", "prod");
        assert.deepEqual(declareServices({ config, workloads: shop }).jobs, {
            "cache-warm": {
                description: "Writes the most sold products into the cache again before they expire (CA-08, CA-09)",
                namespace: "services",
                calls: { stores: ["postgres-ro", "valkey-cache"] },
                refreshes: ["popular-products"],
            },
        });
        const replica = declareServices({ config: { ...config, role: "replica" }, workloads: shop });
        assert.deepEqual([replica.jobs, replica.images], [{}, [{ image: standIn }, { image: standIn }]]);
        assert.deepEqual(
            replica.pods?.map(({ name }) => name),
            ["edge", "books"],
        );
    });

    it("has a workload without a pool, and every workload on a cluster without dedicated pools, in the app pool", () => {
        const pools = (dedicatedPools: boolean) =>
            declareServices({ config: { ...configOf("gcp", "prod"), dedicatedPools }, workloads: shop }).pods?.map(
                ({ pool }) => pool,
            );
        assert.deepEqual(pools(true), ["app", "payment", "app"]);
        assert.deepEqual(pools(false), ["app", "app", "app"]);
    });

    it("has the stand-in image, or a service's own, which is not copied to a mirror", () => {
        const own = `registry.example.com/shop/books@sha256:${"1".repeat(64)}`;
        const services = { books: { image: own } };
        const { images } = declareServices({ config: { ...configOf("gcp", "prod"), services }, workloads: shop });
        const job = { image: "ghcr.io/cloudnative-pg/postgresql:18.4-system-trixie" };
        assert.deepEqual(images, [{ image: standIn }, { image: own, own: true }, job]);
    });

    it("leaves out a call to a workload that is not in the catalogue, which the traffic graph rejects", () => {
        const { books } = shop;
        assert.ok(books);
        const workloads = { books: { ...books, calls: { workloads: ["gone"] } } };
        const { pods } = declareServices({ config: configOf("gcp", "prod"), workloads });
        assert.deepEqual(pods?.[0]?.calls, []);
    });
});
