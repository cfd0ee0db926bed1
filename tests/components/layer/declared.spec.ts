import assert from "node:assert/strict";

import type { ClusterEndpoint } from "../../../catalog/stores";
import { workloads } from "../../../catalog/workloads";
import { admittedRepositories, imagesByTag, mirrorContents, publishedImages } from "../../../components/layer";
import { fold } from "../../../components/layer/declared";
import type { PodGroup } from "../../../components/layer";
import { layers } from "../../../components/platform";
import { configOf, declaredOf } from "../layers";

const ledger: ClusterEndpoint = { kind: "cluster", namespace: "data", service: "ledger", port: 7000, podLabels: {} };

const group = (name: string): PodGroup => ({
    name,
    namespace: "data",
    labels: { app: name },
    app: { name, component: "test" },
    source: "controller",
    pool: "database",
    count: { min: 1, max: 1, surge: 0 },
    resources: { requests: { cpu: "1", memory: "1Gi" }, limits: { cpu: "1", memory: "1Gi" } },
    spread: "required",
    callers: [],
    calls: [],
});

describe("combining declarations", () => {
    it("rejects a store of two layers, and two groups of pods with one name in a namespace", () => {
        const stores = { ledger };
        assert.throws(
            () =>
                fold(
                    [
                        ["one", { stores }],
                        ["two", { stores }],
                    ],
                    {},
                ),
            {
                message: "store ledger is declared by one and by two; remove one of them",
            },
        );
        assert.throws(
            () =>
                fold(
                    [
                        ["one", { pods: [group("a")] }],
                        ["two", { pods: [group("a")] }],
                    ],
                    {},
                ),
            {
                message: "two groups of pods are called a in data; rename one of them",
            },
        );
    });

    it("rejects a call to a store that no layer provides, and to a workload that is not in the catalogue", () => {
        const calling = (calls: object) => ({ order: { ...workloads.order, calls } });
        assert.throws(() => fold([["one", { stores: { ledger } }]], calling({ stores: ["legder"] })), {
            message: "catalog: order calls legder, which no layer provides; give one of ledger, or drop the call",
        });
        assert.throws(() => fold([], calling({ workloads: ["ordre"] })), {
            message: "catalog: order calls ordre, which is not in the catalogue; give one of order, or drop the call",
        });
    });

    it("admits each repository once, in the mirror where there is one, and a stack's own image unchanged", () => {
        const images = [
            { image: "quay.io/a/b:1" },
            { image: "quay.io/a/b:2" },
            { image: "registry.example.com/shop/order@sha256:0", own: true },
        ];
        const mirror = "mirror.example.com/m";
        assert.deepEqual(admittedRepositories({ images }, undefined), [
            "quay.io/a/b",
            "registry.example.com/shop/order",
        ]);
        assert.deepEqual(admittedRepositories({ images }, mirror), [
            "mirror.example.com/m/quay.io/a/b",
            "registry.example.com/shop/order",
        ]);
        const charts = [
            { name: "web", chart: "web", repo: "https://charts.example.com", version: "1.2.3", namespace: "data" },
        ] as const;
        assert.deepEqual(
            mirrorContents({ images, charts, pins: { "quay.io/a/b:2": "sha256:2", "quay.io/c:1": "sha256:3" } }),
            {
                images: ["quay.io/a/b:1", "quay.io/a/b:2"],
                digests: { "quay.io/a/b:2": "sha256:2" },
                byTag: ["quay.io/a/b:1"],
                charts: ["https://charts.example.com/web:1.2.3"],
            },
        );
    });

    it("lists each image that runs by tag once: not those of the lock, of a chart with digests, or given by digest", () => {
        const images = [
            { image: "quay.io/b:1" },
            { image: "quay.io/b:1" },
            { image: "quay.io/locked:1" },
            { image: "quay.io/by-its-chart:1", pinned: true },
            { image: "registry.example.com/shop/user:1", own: true },
            { image: "registry.example.com/shop/cart:1", own: true },
            { image: "registry.example.com/shop/order:1@sha256:0", own: true },
        ];
        // The lock does not apply to an image that the stack file gives.
        const pins = { "quay.io/locked:1": "sha256:1", "registry.example.com/shop/cart:1": "sha256:2" };
        assert.deepEqual(imagesByTag({ images, pins }), [
            "quay.io/b:1",
            "registry.example.com/shop/cart:1",
            "registry.example.com/shop/user:1",
        ]);
        assert.deepEqual(publishedImages({ images }), ["quay.io/b:1", "quay.io/by-its-chart:1", "quay.io/locked:1"]);
    });
});

describe("the contents of a mirror in production", () => {
    it("are every image and chart of the stack on AWS, by tag and version", () => {
        const { images, charts } = mirrorContents(declaredOf(configOf("aws", "prod")));
        assert.deepEqual(images, [
            "docker.elastic.co/eck/eck-operator:3.5.0",
            "docker.elastic.co/elasticsearch/elasticsearch:9.4.3",
            "docker.io/aquasec/kube-bench:v0.15.6",
            "docker.io/library/memcached:1.6.39-alpine",
            "docker.io/migrate/migrate:v4.19.1",
            "docker.io/oliver006/redis_exporter:v1.83.0-alpine",
            "docker.io/pgpool/pgpool:4.4.3",
            "docker.io/prom/memcached-exporter:v0.15.4",
            "docker.io/valkey/valkey:9.1.1-alpine",
            "ghcr.io/cloudnative-pg/cloudnative-pg:1.30.0",
            "ghcr.io/cloudnative-pg/pgbouncer:1.25.1",
            "ghcr.io/cloudnative-pg/plugin-barman-cloud-sidecar:v0.13.0",
            "ghcr.io/cloudnative-pg/plugin-barman-cloud:v0.13.0",
            "ghcr.io/cloudnative-pg/postgresql:18.4-system-trixie",
            "ghcr.io/external-secrets/external-secrets:v2.9.0",
            "ghcr.io/kedacore/keda-admission-webhooks:2.20.2",
            "ghcr.io/kedacore/keda-metrics-apiserver:2.20.2",
            "ghcr.io/kedacore/keda:2.20.2",
            "ghcr.io/stakater/reloader:v1.4.21",
            "ghcr.io/stefanprodan/podinfo:6.10.1",
            "public.ecr.aws/eks/aws-load-balancer-controller:v3.5.0",
            "public.ecr.aws/karpenter/controller:1.14.1",
            "quay.io/jetstack/cert-manager-acmesolver:v1.21.1",
            "quay.io/jetstack/cert-manager-cainjector:v1.21.1",
            "quay.io/jetstack/cert-manager-controller:v1.21.1",
            "quay.io/jetstack/cert-manager-startupapicheck:v1.21.1",
            "quay.io/jetstack/cert-manager-webhook:v1.21.1",
            "quay.io/strimzi/kafka:1.2.0-kafka-4.3.1",
            "quay.io/strimzi/operator:1.2.0",
            "registry.k8s.io/autoscaling/vpa-admission-controller:1.7.1",
            "registry.k8s.io/autoscaling/vpa-recommender:1.7.1",
            "registry.k8s.io/autoscaling/vpa-updater:1.7.1",
            "registry.k8s.io/external-dns/external-dns:v0.21.0",
            "registry.k8s.io/pause:3.10.1",
        ]);
        assert.deepEqual(charts, [
            "https://aws.github.io/eks-charts/aws-load-balancer-controller:3.5.0",
            "https://charts.external-secrets.io/external-secrets:2.9.0",
            "https://charts.jetstack.io/cert-manager:v1.21.1",
            "https://cloudnative-pg.github.io/charts/cloudnative-pg:0.29.0",
            "https://cloudnative-pg.github.io/charts/plugin-barman-cloud:0.7.0",
            "https://helm.elastic.co/eck-operator:3.5.0",
            "https://kedacore.github.io/charts/keda:2.20.2",
            "https://kubernetes-sigs.github.io/external-dns/external-dns:1.21.1",
            "https://kubernetes.github.io/autoscaler/vertical-pod-autoscaler:0.11.0",
            "https://prometheus-community.github.io/helm-charts/prometheus-operator-crds:31.0.1",
            "https://stakater.github.io/stakater-charts/reloader:2.2.16",
            "oci://public.ecr.aws/karpenter/karpenter-crd:1.14.1",
            "oci://public.ecr.aws/karpenter/karpenter:1.14.1",
            "oci://quay.io/strimzi-helm/strimzi-kafka-operator:1.2.0",
        ]);
    });
});

describe("the callers of a store", () => {
    const { graph } = declaredOf(configOf("gcp", "prod"));
    const rights = (store: string) => graph.storeCallers(store).map(({ workload, access }) => `${workload} ${access}`);

    it("have the permissions that the catalogue declares (DB-17, MQ-01)", () => {
        assert.deepEqual(rights("postgres-rw"), [
            "user read-write",
            "product read-write",
            "order read-write",
            "payment read-write",
            "inventory read-write",
        ]);
        assert.deepEqual(rights("postgres-ro"), [
            "user read",
            "product read",
            "order read",
            "inventory read",
            "cache-warm read",
        ]);
        assert.deepEqual(rights("kafka"), [
            "user read-write",
            "product read-write",
            "order read-write",
            "payment read-write",
            "inventory read-write",
            "notification read",
        ]);
        assert.deepEqual([rights("valkey-cache"), rights("ledger")], [["product read-write", "cache-warm write"], []]);
    });

    it("have their topics and cached data", () => {
        const [user, product] = graph.storeCallers("kafka");
        assert.deepEqual([user?.produces, user?.consumes], [["user.registered"], []]);
        assert.deepEqual(
            [product?.produces, product?.consumes],
            [["product.updated"], ["product.updated", "stock.changed"]],
        );
        const caches = (store: string) =>
            graph.storeCallers(store).map(({ workload, caches: own }) => `${workload}: ${own.join(" ")}`);
        assert.deepEqual(caches("valkey-state"), ["user: sessions", "order: carts"]);
        assert.deepEqual(caches("memcached"), ["product: catalogue"]);
        assert.deepEqual(caches("valkey-cache"), [
            "product: search-results popular-products",
            "cache-warm: popular-products",
        ]);
    });
});

describe("the composition", () => {
    it("has each layer after the layers that it depends on", () => {
        assert.deepEqual(layers.names, [
            "network",
            "cluster",
            "storage",
            "security",
            "audit",
            "nodes",
            "addons",
            "certificates",
            "database",
            "cache",
            "messaging",
            "autoscaling",
            "search",
            "documents",
            "capacity",
            "services",
        ]);
    });

    it("rejects a second layer of the same name", () => {
        const again = { name: "cache", create: () => ({}) } as const;
        assert.throws(() => layers.with(again), { message: "layer cache exists already; give another name" });
    });
});
