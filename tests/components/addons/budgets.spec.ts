import assert from "node:assert/strict";

import type { JsonObject } from "../../../tools/plan/json";
import type { Tier } from "../../../config/schema";
import { inputsOf } from "../deployed";
import { deployment } from "../deployment";
import { configOf } from "../layers";
import { evictable } from "../helm/expected";
import { charts, valuesOf, walk } from "./stack";

/** Number and form of the budgets by chart, with more than one replica and with one. */
const budgetValues: Readonly<Record<string, readonly [count: number, values: (many: boolean) => JsonObject]>> = {
    "cert-manager": [3, (enabled) => ({ enabled, maxUnavailable: 1, ...evictable })],
    "external-secrets": [3, (enabled) => ({ enabled, maxUnavailable: 1 })],
    "prometheus-operator-crds": [0, () => ({})],
    reloader: [1, (enabled) => ({ enabled, maxUnavailable: 1 })],
    "external-dns": [0, () => ({})],
    // The chart creates it where there is more than one replica.
    "aws-load-balancer-controller": [1, () => ({ maxUnavailable: 1, ...evictable })],
    "metrics-server": [1, (enabled) => ({ enabled, maxUnavailable: 1, ...evictable })],
    // The chart sets `minAvailable`.
    "vertical-pod-autoscaler": [3, (enabled) => ({ enabled })],
    "karpenter-crd": [0, () => ({})],
    // The chart always has one.
    karpenter: [0, () => ({})],
    // The chart has no key: the release has one, as the test below says.
    "cloudnative-pg": [0, () => ({})],
    // One pod.
    "plugin-barman-cloud": [0, () => ({})],
    // Of at most two pods. The chart's condition is on `minAvailable`, which is set by default.
    strimzi: [1, (enabled) => ({ enabled, minAvailable: 1, ...evictable })],
    // The chart has one for each part.
    keda: [
        1,
        (enabled) => {
            const one = { maxUnavailable: 1 };
            return enabled ? { operator: one, metricServer: one, webhooks: one } : {};
        },
    ],
    eck: [1, (enabled) => ({ enabled, minAvailable: 1 })],
};

describe("the budgets of the charts' pods", () => {
    for (const chart of charts) {
        it(`allow one unavailable pod where there is more than one replica: ${chart.name} (AS-10)`, () => {
            const cloud = chart.clouds.at(-1)!;
            const found = (tier: "dev" | "staging" | "prod") =>
                walk(valuesOf(chart, configOf(cloud, tier)))
                    .filter(([path]) => path.endsWith("podDisruptionBudget"))
                    .map(([, value]) => value);
            const [count, own] = budgetValues[chart.name]!;
            assert.deepEqual(found("prod"), Array(count).fill(own(true)));
            assert.deepEqual(found("staging"), Array(count).fill(own(true)));
            // With one replica it would block the drain of a node.
            assert.deepEqual(found("dev"), Array(count).fill(own(false)));
        });
    }

    it("are created with the release of the charts that have no key for them, where there is more than one pod (AS-10)", async () => {
        const found = async (tier: Tier) => {
            const { resources } = await deployment("gcp", tier);
            const own = resources.filter(({ parent }) => parent?.startsWith("ChartRelease "));
            return inputsOf(own, "kubernetes:policy/v1:PodDisruptionBudget");
        };
        const operator = {
            apiVersion: "policy/v1",
            kind: "PodDisruptionBudget",
            metadata: {
                name: "cloudnative-pg-controller",
                namespace: "data",
                labels: {
                    "app.kubernetes.io/name": "cloudnative-pg",
                    "app.kubernetes.io/part-of": "ecommerce-platform",
                    "app.kubernetes.io/instance": "cloudnative-pg",
                    "app.kubernetes.io/component": "addon",
                    "app.kubernetes.io/managed-by": "pulumi",
                },
            },
            spec: {
                maxUnavailable: 1,
                selector: {
                    matchLabels: {
                        "app.kubernetes.io/name": "cloudnative-pg",
                        "app.kubernetes.io/instance": "cloudnative-pg",
                    },
                },
                ...evictable,
            },
        };
        assert.deepEqual(await found("prod"), { "cloudnative-pg-controller-budget": operator });
        assert.deepEqual(await found("staging"), { "cloudnative-pg-controller-budget": operator });
        assert.deepEqual(await found("dev"), {});
    });
});
