import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { tierNames } from "../../../config/schema";
import { isObject, type Json, type JsonObject } from "../../../tools/plan/json";
import { charts, chartsIn, valuesOf, walk, withPins } from "./stack";
import { configOf } from "../layers";
import { alone, byAffinity, contexts, replicas } from "./expected-values";

/** Keys that exist in the chart's values or templates, with the version and date of the review. */
const verified = JSON.parse(readFileSync(join(__dirname, "keys.json"), "utf8")) as Readonly<
    Record<string, { readonly version: string; readonly read: string; readonly keys: readonly string[] }>
>;

type Chart = (typeof charts)[number];

const cloudOf = ({ clouds }: Chart) => clouds.at(-1)!;
const prod = (chart: Chart) => valuesOf(chart, configOf(cloudOf(chart), "prod"));
/** Values in dev, also of charts that dev does not install. */
const dev = (chart: Chart) => valuesOf(chart, configOf(cloudOf(chart), "dev"));

/** Paths whose value is an object with one of these keys. */
function having(values: JsonObject, key: string): [string, JsonObject][] {
    return walk(values).filter((entry): entry is [string, JsonObject] => isObject(entry[1]) && key in entry[1]);
}

function at(values: JsonObject, path: string): Json | undefined {
    return walk(values).find(([found]) => found === path)?.[1];
}

function many(chart: Chart): Chart["pods"][string][] {
    return Object.values(chart.pods).filter(({ count = "many" }) => count !== "job");
}

for (const chart of charts) {
    describe(`values of ${chart.name}`, () => {
        it("use only keys that exist in this version of the chart", () => {
            const known = verified[chart.name];
            const all = chart.clouds.flatMap((cloud) =>
                tierNames
                    .map((tier) => configOf(cloud, tier))
                    .filter((config) => chartsIn(config).some(({ name }) => name === chart.name))
                    .flatMap((config) => [valuesOf(chart, config), valuesOf(chart, withPins(config))]),
            );
            if (known === undefined) {
                assert.deepEqual(
                    all,
                    all.map(() => ({})),
                );
                return;
            }
            assert.equal(known.version, chart.version, "read the chart's values again, then update keys.json");
            const listed = new Set(known.keys);
            const covered = (path: string): boolean =>
                known.keys.some((key) => path === key || path.startsWith(`${key}.`) || key.startsWith(`${path}.`));
            const paths = all.flatMap((values) =>
                walk(values)
                    .map(([path]) => path)
                    .filter((path) => path !== ""),
            );
            assert.deepEqual([...new Set(paths.filter((path) => !covered(path)))], []);
            assert.deepEqual(
                [...listed].filter((key) => !paths.includes(key)),
                [],
                "no longer used",
            );
        });

        it("are restricted in every pod and container (SC-01)", () => {
            for (const values of [dev(chart), prod(chart)]) {
                const { pod, container } = contexts[chart.name]!;
                assert.deepEqual(
                    having(values, "fsGroup")
                        .map(([path]) => path)
                        .sort(),
                    [...pod].sort(),
                );
                for (const path of pod) {
                    const context = at(values, path) as Record<string, unknown>;
                    assert.equal(context["runAsNonRoot"], true, path);
                    assert.equal(context["runAsUser"], 10001, path);
                    assert.deepEqual(context["seccompProfile"], { type: "RuntimeDefault" }, path);
                }
                assert.deepEqual(
                    having(values, "capabilities")
                        .map(([path]) => path)
                        .sort(),
                    [...container].sort(),
                );
                for (const path of container) {
                    const context = at(values, path) as Record<string, unknown>;
                    assert.equal(context["allowPrivilegeEscalation"], false, path);
                    assert.equal(context["readOnlyRootFilesystem"], true, path);
                    assert.equal(context["runAsNonRoot"], true, path);
                    assert.deepEqual(context["capabilities"], { drop: ["ALL"] }, path);
                }
            }
        });

        it("have two replicas in staging and prod and one in dev, where several can serve (EN-01 to EN-03)", () => {
            const found = (values: JsonObject) =>
                walk(values)
                    .filter(([path]) => /(^|\.)replica(s|Count)$/.test(path))
                    .map(([path, value]) => `${path}=${JSON.stringify(value)}`)
                    .sort();
            assert.deepEqual(
                found(prod(chart)),
                replicas[chart.name]!.map((path) => `${path}=${alone.has(chart.name) ? 1 : 2}`),
            );
            assert.deepEqual(
                found(dev(chart)),
                replicas[chart.name]!.map((path) => `${path}=1`),
            );
            const staging = valuesOf(chart, configOf(cloudOf(chart), "staging"));
            assert.deepEqual(found(staging), found(prod(chart)));
        });

        it("are spread over zones and nodes by the pods' own labels (CL-13, CL-14)", () => {
            const spreads = (values: JsonObject) =>
                walk(values)
                    .filter(([path]) => path.endsWith("topologySpreadConstraints"))
                    // A list, or a list for each part of the chart.
                    .flatMap(([, value]) => (isObject(value) ? Object.values(value) : [value]));
            const affinities = walk(prod(chart)).filter(([path]) => /affinity$/.test(path));
            const labels = many(chart).map((group) => group.labels);
            if (byAffinity.has(chart.name)) {
                assert.deepEqual([affinities.length, spreads(prod(chart))], [labels.length, []]);
                for (const { labels: own } of many(chart)) {
                    const text = JSON.stringify(own);
                    assert.equal(affinities.filter(([, value]) => JSON.stringify(value).includes(text)).length, 1);
                }
                return;
            }
            for (const [values, when] of [
                [prod(chart), "DoNotSchedule"],
                [dev(chart), "ScheduleAnyway"],
            ] as const) {
                const found = spreads(values) as Record<string, unknown>[][];
                const view = found.map((constraints) =>
                    constraints.map(({ topologyKey, whenUnsatisfiable, labelSelector }) => [
                        topologyKey,
                        whenUnsatisfiable,
                        (labelSelector as { matchLabels: unknown }).matchLabels,
                    ]),
                );
                const wanted = labels.map((matchLabels) => [
                    ["topology.kubernetes.io/zone", when, matchLabels],
                    ["kubernetes.io/hostname", when, matchLabels],
                ]);
                const sorted = (list: unknown[]) => list.map((entry) => JSON.stringify(entry)).sort();
                assert.deepEqual(sorted(view), sorted(wanted));
            }
        });

        it("have a priority, and requests and limits in every container (AS-11)", () => {
            const values = prod(chart);
            const named = walk(values).filter(([path]) => path.endsWith("priorityClassName"));
            const groups = Object.values(chart.pods);
            assert.equal(named.length > 0, groups.length > 0);
            const wanted = chart.namespace === "kube-system" ? "system-cluster-critical" : "platform-addon";
            assert.deepEqual([...new Set(named.map(([, value]) => value))], groups.length > 0 ? [wanted] : []);
            const resources = having(values, "requests").map(([, value]) => value);
            assert.equal(resources.length, groups.length);
            for (const { requests, limits } of resources as Record<string, Record<string, string>>[]) {
                assert.deepEqual(
                    [Object.keys(requests!), Object.keys(limits!)],
                    [
                        ["cpu", "memory"],
                        ["cpu", "memory"],
                    ],
                );
            }
        });
    });
}

describe("values of karpenter", () => {
    it("batch pending pods for 10 s, and at most 30 s, before nodes are created (CL-09)", () => {
        const chart = charts.find(({ name }) => name === "karpenter")!;
        for (const values of [dev(chart), prod(chart)]) {
            const { clusterName, interruptionQueue, ...rest } = values["settings"] as JsonObject;
            assert.deepEqual([typeof clusterName, typeof interruptionQueue], ["string", "string"]);
            assert.deepEqual(rest, { batchIdleDuration: "10s", batchMaxDuration: "30s" });
        }
    });
});
