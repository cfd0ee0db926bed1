import * as k8s from "@pulumi/kubernetes";

import type { ClusterEndpoint } from "../../../../catalog/stores";
import type { CommonConfig } from "../../../../components/common/config";
import type { Cluster } from "../../../../components/cluster/types";
import { type Chart, declareCharts, installCharts } from "../../../../components/helm";
import type { HelmConfig } from "../../../../components/helm/config";
import { type Layer, type PodGroup, servicesOf, type Stores } from "../../../../components/layer";
import type { Namespaces } from "../../../../components/security/types";
import type { CoreConfig } from "../../../../config/core";
import type { CustomKind } from "../../../../custom-resources/pod-types";
import { loyaltyConfig, type LoyaltyConfig } from "./config";

type Config = CoreConfig & CommonConfig & HelmConfig & LoyaltyConfig;

/** The store that the layer provides. */
export const points: ClusterEndpoint = {
    kind: "cluster",
    namespace: "data",
    service: "points",
    port: 7070,
    podLabels: { "loyalty.example.com/ledger": "points" },
};

/** A kind whose operator creates pods from fields of its own. */
const ledgerKind: CustomKind = {
    apiGroup: "loyalty.example.com",
    kind: "Ledger",
    pods: [{ at: "spec", count: { at: "members", default: 1 }, template: "pod" }],
};

const operatorPods = {
    controller: {
        labels: { app: "loyalty-operator" },
        resources: { requests: { cpu: "100m", memory: "128Mi" }, limits: { cpu: "500m", memory: "256Mi" } },
        metrics: 9100,
        calls: ["api-server"],
    },
} as const;

const operator: Chart = {
    name: "loyalty-operator",
    chart: "loyalty-operator",
    repo: "https://charts.loyalty.example.com",
    version: "1.2.3",
    appVersion: "1.2.3",
    namespace: "data",
    crds: "templates",
    images: [{ repository: "registry.loyalty.example.com/operator", tag: "1.2.3" }],
    pods: operatorPods,
    values: ({ replicas, image }) => ({
        replicas,
        image: { repository: image("registry.loyalty.example.com/operator") },
    }),
};

/** Three pods of the operator on the database pool, called by the store's callers only. */
const members: PodGroup = {
    name: "points",
    namespace: "data",
    labels: points.podLabels,
    app: { name: "points", component: "loyalty" },
    source: "controller",
    pool: "database",
    count: { min: 3, max: 3, surge: 0 },
    resources: { requests: { cpu: "1", memory: "2Gi" }, limits: { cpu: "2", memory: "4Gi" } },
    spread: "required",
    callers: [{ callersOf: "points" }, { metrics: 9101 }],
    calls: [],
};

/** A made-up layer with an image, a chart, pods of an operator, a custom kind, a store and a key of configuration. */
export const loyalty: Layer<
    "loyalty",
    Config,
    { readonly cluster: Cluster; readonly security: Namespaces },
    Stores,
    typeof loyaltyConfig
> = {
    name: "loyalty",
    config: loyaltyConfig,
    customKinds: [ledgerKind],
    declare: ({ config }) => {
        const charts = declareCharts([operator], config);
        return {
            ...charts,
            images: [...charts.images, { image: "registry.loyalty.example.com/ledger:4.5.6" }],
            pods: [...charts.pods, members],
            stores: { points },
        };
    },
    create: (name, { config, cluster, security: namespaces }, opts) => {
        const ready = Object.values(
            installCharts(name, [operator], { config, cluster, namespaces, site: undefined }, opts),
        );
        const ledger = new k8s.apiextensions.CustomResource(
            `${name}-ledger`,
            {
                apiVersion: "loyalty.example.com/v1",
                kind: "Ledger",
                metadata: { name: "points", namespace: namespaces.data },
                spec: {
                    members: 3,
                    retentionDays: config.loyalty.retentionDays,
                    pod: { spec: { containers: [{ name: "ledger", securityContext: { privileged: true } }] } },
                },
            },
            { ...opts, dependsOn: ready },
        );
        return servicesOf({ points }, () => ({ ready: [ledger] }));
    },
    storesOf: (stores) => stores,
};
