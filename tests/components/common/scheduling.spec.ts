import assert from "node:assert/strict";

import type { PoolName } from "../../../catalog/types";
import { poolLabel, poolLabels, poolTaints } from "../../../components/common/pools";
import {
    besideFullNodes,
    inEveryZone,
    poolPlacement,
    topologySpread,
    topologySpreadByLabels,
} from "../../../components/common/scheduling";

const selector = {
    matchLabels: { "app.kubernetes.io/name": "order", "app.kubernetes.io/part-of": "ecommerce-platform" },
};

const podAntiAffinity = {
    preferredDuringSchedulingIgnoredDuringExecution: [
        { weight: 100, podAffinityTerm: { topologyKey: "kubernetes.io/hostname", labelSelector: selector } },
    ],
};

const isIn = (key: string, value: string) => ({ key, operator: "In", values: [value] });

const required = (...matchExpressions: readonly object[]) => ({
    requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions }] },
});

const toleration = (key: string, value: string) => ({ key, operator: "Equal", value, effect: "NoSchedule" });

describe("the spread of a workload (CL-13, CL-14)", () => {
    const constraint = (topologyKey: string, whenUnsatisfiable: string, labelSelector: object) => ({
        maxSkew: 1,
        topologyKey,
        whenUnsatisfiable,
        labelSelector,
        matchLabelKeys: ["pod-template-hash"],
        nodeTaintsPolicy: "Honor",
        nodeAffinityPolicy: "Honor",
    });

    for (const [spread, whenUnsatisfiable] of [
        ["required", "DoNotSchedule"],
        ["preferred", "ScheduleAnyway"],
    ] as const) {
        it(`is ${spread} over zones and over nodes: ${whenUnsatisfiable}`, () => {
            assert.deepEqual(topologySpread("order", spread), [
                constraint("topology.kubernetes.io/zone", whenUnsatisfiable, selector),
                constraint("kubernetes.io/hostname", whenUnsatisfiable, selector),
            ]);
            const labels = { app: "web", release: "one" };
            assert.deepEqual(topologySpreadByLabels(labels, spread), [
                constraint("topology.kubernetes.io/zone", whenUnsatisfiable, { matchLabels: labels }),
                constraint("kubernetes.io/hostname", whenUnsatisfiable, { matchLabels: labels }),
            ]);
        });
    }

    it("lets a second replica on a node where another node is full without one", () => {
        const [zone, host] = topologySpread("order", "required");
        assert.deepEqual(besideFullNodes(topologySpread("order", "required")), [zone, { ...host, maxSkew: 2 }]);
        const preferred = topologySpread("order", "preferred");
        assert.deepEqual(besideFullNodes(preferred), preferred);
    });

    it("keeps replicas out of a zone that has its own, while another zone is missing", () => {
        const [zone, host] = topologySpread("order", "required");
        assert.deepEqual(inEveryZone(topologySpread("order", "required"), 3), [{ ...zone, minDomains: 3 }, host]);
        for (const zones of [0, 1]) {
            assert.deepEqual(inEveryZone(topologySpread("order", "required"), zones), [zone, host]);
        }
        // The API server refuses a least number of a spread that is preferred.
        const preferred = topologySpread("order", "preferred");
        assert.deepEqual(inEveryZone(preferred, 3), preferred);
    });
});

describe("the placement of a pod (CL-05 to CL-07, CL-12, CL-15)", () => {
    const rows: Readonly<Record<PoolName, object>> = {
        app: { affinity: { podAntiAffinity } },
        database: {
            affinity: { podAntiAffinity, nodeAffinity: required(isIn("workload", "database")) },
            tolerations: [toleration("workload", "database")],
        },
        cache: {
            affinity: { podAntiAffinity, nodeAffinity: required(isIn("workload", "cache")) },
            tolerations: [toleration("workload", "cache")],
        },
        payment: {
            affinity: {
                podAntiAffinity,
                nodeAffinity: required(isIn("workload", "payment"), isIn("pci", "true")),
            },
            tolerations: [toleration("pci", "true")],
        },
        spot: {
            affinity: { podAntiAffinity, nodeAffinity: required(isIn("workload", "spot")) },
            tolerations: [toleration("workload", "spot")],
        },
        frontend: { affinity: { podAntiAffinity, nodeAffinity: required(isIn("workload", "frontend")) } },
        backend: { affinity: { podAntiAffinity, nodeAffinity: required(isIn("workload", "backend")) } },
        data: { affinity: { podAntiAffinity, nodeAffinity: required(isIn("workload", "data")) } },
    };

    for (const [pool, expected] of Object.entries(rows) as [PoolName, object][]) {
        it(`on pool ${pool} is exactly this, also where the pod prefers spot nodes, unless on the app pool`, () => {
            assert.deepEqual(poolPlacement("order", pool, true), expected);
            assert.deepEqual(poolPlacement("order", pool, true, false), expected);
            if (pool !== "app") {
                assert.deepEqual(poolPlacement("order", pool, true, true), expected);
            }
        });

        it(`without dedicated pools ignores ${pool}`, () => {
            assert.deepEqual(poolPlacement("order", pool, false), { affinity: { podAntiAffinity } });
            assert.deepEqual(poolPlacement("order", pool, false, true), { affinity: { podAntiAffinity } });
        });
    }

    it("prefers spot nodes on the app pool, and tolerates their taint", () => {
        assert.deepEqual(poolPlacement("order", "app", true, true), {
            affinity: {
                podAntiAffinity,
                nodeAffinity: {
                    preferredDuringSchedulingIgnoredDuringExecution: [
                        { weight: 100, preference: { matchExpressions: [isIn("workload", "spot")] } },
                    ],
                },
            },
            tolerations: [toleration("workload", "spot")],
        });
    });
});

describe("the labels and taints of the pools", () => {
    it("are these", () => {
        assert.equal(poolLabel, "workload");
        assert.deepEqual(poolLabels, {
            app: { workload: "app" },
            database: { workload: "database" },
            cache: { workload: "cache" },
            payment: { workload: "payment", pci: "true" },
            spot: { workload: "spot" },
            frontend: { workload: "frontend" },
            backend: { workload: "backend" },
            data: { workload: "data" },
        });
        const taint = (key: string, value: string) => ({ key, value, effect: "NoSchedule" });
        assert.deepEqual(poolTaints, {
            app: undefined,
            database: taint("workload", "database"),
            cache: taint("workload", "cache"),
            payment: taint("pci", "true"),
            spot: taint("workload", "spot"),
            frontend: undefined,
            backend: undefined,
            data: undefined,
        });
    });
});
