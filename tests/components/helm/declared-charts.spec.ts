import assert from "node:assert/strict";

import type { Cloud } from "../../../config/schema";
import { autoscalingCharts, autoscalingImages } from "../autoscaling/declared";
import { cacheImages, copyImages } from "../cache/declared";
import { databaseCharts, databaseImages } from "../database/declared";
import { configOf, declaredOf } from "../layers";
import { messagingCharts, messagingImages } from "../messaging/declared";
import { searchCharts, searchImages, snapshotImages } from "../search/declared";

const row = (name: string, repo: string, version: string, namespace: string) => ({
    name,
    chart: name,
    repo,
    version,
    namespace,
});

const common = [
    row("cert-manager", "https://charts.jetstack.io", "v1.21.1", "security"),
    row("external-secrets", "https://charts.external-secrets.io", "2.9.0", "security"),
    row("prometheus-operator-crds", "https://prometheus-community.github.io/helm-charts", "31.0.1", "monitoring"),
    row("reloader", "https://stakater.github.io/stakater-charts", "2.2.16", "security"),
];
const dns = row("external-dns", "https://kubernetes-sigs.github.io/external-dns", "1.21.1", "ingress");
const karpenter = ["karpenter-crd", "karpenter"].map((name) =>
    row(name, "oci://public.ecr.aws/karpenter", "1.14.1", "kube-system"),
);
const balancer = row("aws-load-balancer-controller", "https://aws.github.io/eks-charts", "3.5.0", "ingress");
const vpa = row("vertical-pod-autoscaler", "https://kubernetes.github.io/autoscaler", "0.11.0", "kube-system");
const metrics = row("metrics-server", "https://kubernetes-sigs.github.io/metrics-server", "3.13.1", "kube-system");

const images = {
    common: [
        "quay.io/jetstack/cert-manager-controller:v1.21.1",
        "quay.io/jetstack/cert-manager-webhook:v1.21.1",
        "quay.io/jetstack/cert-manager-cainjector:v1.21.1",
        "quay.io/jetstack/cert-manager-startupapicheck:v1.21.1",
        "quay.io/jetstack/cert-manager-acmesolver:v1.21.1",
        "ghcr.io/external-secrets/external-secrets:v2.9.0",
        "ghcr.io/stakater/reloader:v1.4.21",
    ],
    dns: "registry.k8s.io/external-dns/external-dns:v0.21.0",
    karpenter: "public.ecr.aws/karpenter/controller:1.14.1",
    balancer: "public.ecr.aws/eks/aws-load-balancer-controller:v3.5.0",
    metrics: "registry.k8s.io/metrics-server/metrics-server:v0.8.1",
    vpa: ["admission-controller", "recommender", "updater"].map(
        (part) => `registry.k8s.io/autoscaling/vpa-${part}:1.7.1`,
    ),
};

/** Charts and their images in prod, in the order of declaration. */
const expected: Readonly<Record<Cloud, { readonly charts: readonly object[]; readonly images: readonly string[] }>> = {
    gcp: { charts: [...common, dns], images: [...images.common, images.dns] },
    aws: {
        charts: [...karpenter, ...common, dns, balancer, vpa],
        images: [images.karpenter, ...images.common, images.dns, images.balancer, ...images.vpa],
    },
    existing: {
        charts: [...common, metrics, vpa],
        images: [...images.common, images.metrics, ...images.vpa],
    },
};

describe("the declared charts and their images", () => {
    for (const cloud of ["gcp", "aws", "existing"] as const) {
        it(`are exactly these on ${cloud}, and the images of the stores (PO-01)`, () => {
            const declared = declaredOf(configOf(cloud, "prod"));
            assert.deepEqual(declared.charts, [
                ...expected[cloud].charts,
                ...databaseCharts[cloud],
                ...messagingCharts,
                ...autoscalingCharts,
                ...searchCharts,
            ]);
            const caches = [...cacheImages, ...copyImages[cloud]];
            const searches = [...searchImages, ...snapshotImages[cloud]];
            // Of the job that warms the cache.
            const jobs = ["ghcr.io/cloudnative-pg/postgresql:18.4-system-trixie"];
            const stores = [
                ...databaseImages[cloud],
                ...caches,
                ...messagingImages,
                ...autoscalingImages,
                ...searches,
                ...jobs,
            ];
            // Of the layers without charts.
            const others = /podinfo|kube-bench|pause/;
            assert.deepEqual(
                declared.images.filter(({ image }) => !others.test(image)),
                // Karpenter's release writes the digest into its chart.
                [...expected[cloud].images, ...stores].map((image) => ({
                    image,
                    ...(image === images.karpenter ? { pinned: true } : {}),
                })),
            );
        });
    }
});
