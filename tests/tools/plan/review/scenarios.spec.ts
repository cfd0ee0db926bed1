import assert from "node:assert/strict";

import { headroomName } from "../../../../components/capacity/types";
import type { DeclaredNodePool, PodCount, PodGroup } from "../../../../components/layer";
import { scenarioTable } from "../../../../tools/plan/report/scenario-table";
import { scenarioNeeds } from "../../../../tools/plan/review/scenarios";

const gibibyte = 2 ** 30;

function group(name: string, count: PodCount, more: Partial<PodGroup> = {}): PodGroup {
    return {
        name,
        namespace: "services",
        labels: { app: name },
        app: { name, component: "standard" },
        source: "object",
        pool: "app",
        count,
        resources: { requests: { cpu: "500m", memory: "1Gi" }, limits: { cpu: "2", memory: "2Gi" } },
        spread: "required",
        callers: [],
        calls: [],
        ...more,
    };
}

function nodePool(pool: DeclaredNodePool["pool"], max: number, cpu: number, memory: number, pods = 110) {
    return { pool, max, allocatable: { cpu, memory: memory * gibibyte, ephemeralStorage: 0, pods } };
}

const followed = (baseline: number, max: number, requestsPerSecond?: number): PodCount => ({
    min: baseline,
    max,
    surge: 1,
    load: { baseline, ...(requestsPerSecond === undefined ? {} : { requestsPerSecond }) },
});

/** Fields of each scenario: baseline, flash sale, Black Friday. */
function columns(pods: PodGroup[], nodePools: DeclaredNodePool[] = []) {
    const needs = scenarioNeeds({ pods, nodePools });
    return {
        pods: needs.map((need) => need.pods),
        cpu: needs.map(({ cpu }) => cpu),
        memory: needs.map(({ memory }) => memory / gibibyte),
        short: needs.map(({ short }) => short),
        pools: needs.map(({ pools }) => pools),
    };
}

describe("what loads of the shop need (AS-12)", () => {
    it("is the baseline's pods times the load, at the utilisation that the load allows", () => {
        // 2 pods do 2 x 40 % of work; times 10 at 90 %: 8.9; times 25 at 95 %: 21.1.
        const { pods, cpu, memory } = columns([group("product", followed(2, 30))]);
        assert.deepEqual(
            [pods, cpu, memory],
            [
                [2, 9, 22],
                [1, 4.5, 11],
                [2, 9, 22],
            ],
        );
    });

    it("is a pod for every 1,000 requests per second at least, where a pod serves no more (AS-07)", () => {
        assert.deepEqual(columns([group("gateway", followed(2, 30, 1000))]).pods, [2, 10, 25]);
    });

    it("is never below the minimum", () => {
        const count = { ...followed(1, 30), min: 5 };
        assert.deepEqual(columns([group("product", count)]).pods, [5, 5, 11]);
    });

    it("has the fixed pods of stores and tools, and not those of jobs and placeholders", () => {
        const { pods } = columns([
            group("product", followed(2, 30)),
            group("postgres", { min: 4, max: 4, surge: 0 }),
            group("cleanup", { min: 5, max: 5, surge: 0 }, { job: true }),
            group(headroomName, { min: 6, max: 6, surge: 0 }),
        ]);
        assert.deepEqual(pods, [6, 13, 26]);
    });

    it("names services whose maximum is too low", () => {
        const { short } = columns([group("product", followed(2, 9)), group("postgres", { min: 4, max: 4, surge: 0 })]);
        assert.deepEqual(short, [[], [], [{ service: "product", needed: 22, max: 9 }]]);
    });

    it("is the nodes of each pool by its scarcest resource: CPU, memory or pods", () => {
        const pods = [
            group("product", followed(2, 30)),
            group("payment", { min: 2, max: 2, surge: 0 }, { pool: "payment" }),
        ];
        const nodes = (pool: DeclaredNodePool) => columns(pods, [pool]).pools.map(([need]) => need?.nodes);
        assert.deepEqual(nodes(nodePool("app", 20, 2, 100)), [1, 3, 6]);
        assert.deepEqual(nodes(nodePool("app", 20, 100, 3)), [1, 3, 8]);
        assert.deepEqual(nodes(nodePool("app", 20, 100, 100, 5)), [1, 2, 5]);
        assert.deepEqual(nodes(nodePool("payment", 6, 1, 2)), [1, 1, 1]);
    });

    it("is nothing for a stack whose services do not follow the load", () => {
        assert.deepEqual(scenarioNeeds({ pods: [group("product", { min: 1, max: 1, surge: 1 })], nodePools: [] }), []);
    });

    it("is shown as a table, with what does not fit below it", () => {
        const needs = scenarioNeeds({
            pods: [group("product", followed(2, 9))],
            nodePools: [nodePool("app", 5, 2, 100), nodePool("payment", 6, 2, 100)],
        });
        assert.deepEqual(
            scenarioTable(needs, (_, text) => text),
            [
                "load          users  requests/s  pods  CPU requests  memory requests  nodes at least",
                "baseline       2000        1000     2             1              2Gi           app 1",
                "flash sale    20000       10000     9           4.5              9Gi           app 3",
                "Black Friday  50000       25000    22            11             22Gi           app 6",
                "does not fit: Black Friday  needs product 22 pods (maximum 9), 6 app nodes (maximum 5)",
            ],
        );
    });
});
