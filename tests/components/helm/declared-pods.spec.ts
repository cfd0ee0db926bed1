import assert from "node:assert/strict";

import type { Cloud, Tier } from "../../../config/schema";
import { autoscalingPods } from "../autoscaling/declared";
import { databaseOperators } from "../database/declared";
import { configOf, declaredOf } from "../layers";
import { messagingOperators } from "../messaging/declared";
import { searchOperators } from "../search/declared";
import { api, type PodRow, resources } from "./expected";

const named = (name: string, instance: string, component?: string) => ({
    "app.kubernetes.io/name": name,
    "app.kubernetes.io/instance": instance,
    ...(component === undefined ? {} : { "app.kubernetes.io/component": component }),
});
const withCloud = [...api, "cloud"];
const vpa = "vertical-pod-autoscaler";
const balancer = "aws-load-balancer-controller";

/** Pods of each add-on by namespace, chart and group. */
const rows: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, PodRow>>>>>> = {
    security: {
        "cert-manager": {
            controller: {
                labels: named("cert-manager", "cert-manager", "controller"),
                size: ["50m", "128Mi", "500m", "512Mi"],
                metrics: 9402,
                calls: withCloud,
            },
            webhook: {
                labels: named("webhook", "cert-manager", "webhook"),
                size: ["25m", "64Mi", "250m", "256Mi"],
                webhook: 10250,
                metrics: 9402,
                calls: api,
            },
            cainjector: {
                labels: named("cainjector", "cert-manager", "cainjector"),
                size: ["50m", "128Mi", "500m", "512Mi"],
                metrics: 9402,
                calls: api,
            },
            startupapicheck: {
                labels: named("startupapicheck", "cert-manager", "startupapicheck"),
                size: ["10m", "32Mi", "100m", "128Mi"],
                calls: api,
                count: "job",
            },
        },
        "external-secrets": {
            controller: {
                labels: named("external-secrets", "external-secrets"),
                size: ["50m", "128Mi", "500m", "512Mi"],
                metrics: 8080,
                calls: withCloud,
            },
            webhook: {
                labels: named("external-secrets-webhook", "external-secrets"),
                size: ["25m", "64Mi", "250m", "256Mi"],
                webhook: 10250,
                metrics: 8080,
                calls: api,
            },
            "cert-controller": {
                labels: named("external-secrets-cert-controller", "external-secrets"),
                size: ["25m", "128Mi", "250m", "256Mi"],
                metrics: 8080,
                calls: api,
            },
        },
        reloader: {
            controller: {
                labels: { app: "reloader", release: "reloader" },
                size: ["25m", "128Mi", "250m", "512Mi"],
                metrics: 9090,
                calls: api,
            },
        },
    },
    monitoring: autoscalingPods,
    ingress: {
        "external-dns": {
            controller: {
                labels: named("external-dns", "external-dns"),
                size: ["25m", "64Mi", "250m", "256Mi"],
                metrics: 7979,
                calls: withCloud,
                count: "single",
            },
        },
        [balancer]: {
            controller: {
                labels: named(balancer, balancer),
                size: ["50m", "128Mi", "500m", "512Mi"],
                webhook: 9443,
                metrics: 8080,
                calls: withCloud,
            },
        },
    },
    "kube-system": {
        karpenter: {
            controller: {
                labels: named("karpenter", "karpenter"),
                size: ["250m", "512Mi", "1", "1Gi"],
                metrics: 8080,
                calls: withCloud,
            },
        },
        "metrics-server": {
            controller: {
                labels: named("metrics-server", "metrics-server"),
                size: ["100m", "200Mi", "500m", "500Mi"],
                webhook: 10250,
                metrics: 10250,
                calls: [...api, "kubelets"],
            },
        },
        [vpa]: {
            "admission-controller": {
                labels: named(vpa, vpa, "admission-controller"),
                size: ["50m", "128Mi", "250m", "512Mi"],
                webhook: 8000,
                metrics: 8944,
                calls: api,
            },
            recommender: {
                labels: named(vpa, vpa, "recommender"),
                size: ["50m", "256Mi", "500m", "1Gi"],
                metrics: 8942,
                calls: api,
            },
            updater: {
                labels: named(vpa, vpa, "updater"),
                size: ["50m", "128Mi", "250m", "512Mi"],
                metrics: 8943,
                calls: api,
            },
        },
    },
};

const counts: Readonly<Record<Tier, number>> = { dev: 1, staging: 2, prod: 2 };
const spreads: Readonly<Record<Tier, string>> = { dev: "preferred", staging: "required", prod: "required" };

/** The declared groups of the charts, by name. */
function groups(
    cloud: Cloud,
    tier: Tier,
    charts: readonly string[],
    pool: (namespace: string) => string = () => "app",
): Record<string, object> {
    const all = {
        ...rows,
        data: { ...databaseOperators(cloud), ...searchOperators },
        messaging: messagingOperators(tier),
    };
    return Object.fromEntries(
        Object.entries(all).flatMap(([namespace, own]) =>
            Object.entries(own)
                .filter(([chart]) => charts.includes(chart))
                .flatMap(([chart, parts]) =>
                    Object.entries(parts).map(
                        ([role, { labels, size, webhook, metrics, callers = [], calls, count }]) => {
                            const pods = count === "single" ? 1 : counts[tier];
                            const group = {
                                name: `${chart}-${role}`,
                                namespace,
                                labels,
                                app: { name: chart, component: "addon" },
                                source: "controller",
                                pool: pool(namespace),
                                ...(count === "job"
                                    ? { count: { min: 0, max: 1, surge: 0 }, job: true }
                                    : { count: { min: pods, max: pods, surge: 1 } }),
                                resources: resources(...size),
                                spread: spreads[tier],
                                callers: [
                                    ...(webhook === undefined ? [] : [{ webhook }]),
                                    ...(metrics === undefined ? [] : [{ metrics }]),
                                    ...callers,
                                ],
                                calls,
                            };
                            return [`${namespace}/${chart}-${role}`, group];
                        },
                    ),
                ),
        ),
    );
}

function declared(config: ReturnType<typeof configOf>): Record<string, object> {
    const own = declaredOf(config).pods.filter(({ app }) => app.component === "addon");
    return Object.fromEntries(own.map((group) => [`${group.namespace}/${group.name}`, group]));
}

const common = ["cert-manager", "external-secrets", "reloader", "cloudnative-pg", "strimzi", "eck"];
const plugin = "plugin-barman-cloud";
const onAws = [...common, plugin, "external-dns", balancer, "karpenter"];

describe("the declared pods of charts (AS-11, NW-05, CL-13)", () => {
    for (const tier of ["dev", "staging", "prod"] as const) {
        const byTier = [...(tier === "dev" ? [] : ["keda"]), ...(tier === "prod" ? [vpa] : [])];
        it(`are exactly these in ${tier}`, () => {
            assert.deepEqual(
                declared(configOf("gcp", tier)),
                groups("gcp", tier, [...common, plugin, "external-dns", ...byTier.slice(0, 1)]),
            );
            assert.deepEqual(declared(configOf("aws", tier)), groups("aws", tier, [...onAws, ...byTier]));
            const existing = [...common, "metrics-server", ...byTier];
            assert.deepEqual(declared(configOf("existing", tier)), groups("existing", tier, existing));
        });
    }

    it("are in the compact profile's pools: with the gateway, the stores or the services (CL-15)", () => {
        const pools: Readonly<Record<string, string>> = { ingress: "frontend", data: "data", messaging: "data" };
        const pool = (namespace: string) => pools[namespace] ?? "backend";
        const own = configOf("aws", "dev", { nodePools: { profile: "compact" } });
        // Without Karpenter: the profile has three fixed nodes.
        const charts = onAws.filter((chart) => chart !== "karpenter");
        assert.deepEqual(declared(own), groups("aws", "dev", charts, pool));
    });
});
