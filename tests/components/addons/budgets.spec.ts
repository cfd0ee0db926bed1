import assert from "node:assert/strict";

import type { JsonObject } from "../../../tools/plan/json";
import { configOf } from "../layers";
import { evictable } from "../helm/expected";
import { charts, valuesOf, walk } from "./stack";

/** Number and form of the budgets by chart, with more than one replica and with one. */
const budgetValues: Readonly<Record<string, readonly [count: number, values: (many: boolean) => JsonObject]>> = {
    "cert-manager": [3, (enabled) => ({ enabled, maxUnavailable: 1, ...evictable })],
    "external-secrets": [3, (enabled) => ({ enabled, maxUnavailable: 1 })],
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
};

describe("the budgets of the charts' pods", () => {
    for (const chart of charts) {
        it(`allow one unavailable pod where there is more than one replica: ${chart.name} (AS-10)`, () => {
            const cloud = chart.clouds.at(-1)!;
            const found = (tier: "dev" | "staging" | "prod") =>
                walk(valuesOf(chart, { ...configOf(cloud, tier), verticalAutoscaler: true }))
                    .filter(([path]) => path.endsWith("podDisruptionBudget"))
                    .map(([, value]) => value);
            const [count, own] = budgetValues[chart.name]!;
            assert.deepEqual(found("prod"), Array(count).fill(own(true)));
            assert.deepEqual(found("staging"), Array(count).fill(own(true)));
            // With one replica it would block the drain of a node.
            assert.deepEqual(found("dev"), Array(count).fill(own(false)));
        });
    }
});
