import assert from "node:assert/strict";

import { workloads } from "../../catalog/workloads";
import { poolLabel } from "../../components/common/pools";
import { poolPlacement } from "../../components/common/scheduling";
import { homePool, type Profile } from "../../config/profiles";
import type { Cloud, Tier } from "../../config/schema";
import { podSources } from "../../policy/lib/pod-source";
import { type Json, type JsonObject, type PlannedResource, renderKubernetes } from "../../tools/plan";
import { podOwner } from "../../tools/plan/review/pods";
import { accepts, prefers } from "../cluster/scheduling/fits";
import { type NodePool, nodePools } from "../cluster/scheduling/pools";
import { release, releasesOf, walk } from "./addons/stack";
import { configOf, platformPlan } from "./layers";
import { storePods } from "./store-pods";

interface Case {
    readonly tier: Tier;
    readonly cloud: Exclude<Cloud, "existing">;
    readonly profile: Profile;
    /** Labels of the stack's pools. */
    readonly pools: readonly string[];
}

const tainted = ["app", "cache", "database", "payment"];
const cases: readonly Case[] = (["gcp", "aws"] as const).flatMap((cloud): Case[] => [
    { tier: "dev", cloud, profile: "standard", pools: tainted },
    { tier: "dev", cloud, profile: "compact", pools: ["backend", "data", "frontend"] },
    { tier: "staging", cloud, profile: "standard", pools: [...tainted, "spot"] },
    { tier: "prod", cloud, profile: "standard", pools: [...tainted, "spot"] },
]);

interface Entry {
    readonly pool?: "payment";
    readonly spot?: boolean;
    readonly namespace: "services";
}

/** Pods of the stores' layers that have a pool of their own in the standard profile; the others are in app. */
const dedicated = {
    cache: /^(valkey-(state|cache)(-\d-[ab]|-formed|-backup|-restore)|memcached)$/,
    database: /^postgres$/,
};

/** Labels of the pools that a pod is allowed in. */
function home(name: string, { tier, profile, pools }: Case): string[] {
    const entry = (workloads as unknown as Record<string, Entry>)[name];
    if (name === "kube-bench") {
        // The compact profile's nodes have no taints, and the benchmark runs on any.
        return profile === "compact" ? [...pools] : ["app"];
    }
    if (name === "cache-warm") {
        // Of the namespace of the services.
        return [profile === "compact" ? "backend" : "app"];
    }
    if (entry === undefined) {
        const [pool = "app"] = Object.entries(dedicated).find(([, names]) => names.test(name)) ?? [];
        return [profile === "compact" ? "data" : pool];
    }
    const spot = entry.spot === true && tier !== "dev" ? ["spot"] : [];
    return [homePool(profile, entry), ...spot];
}

/** Descriptions that only complete the pods of another one, and have no placement of their own. */
const completing = [
    "Cluster postgres",
    "Elasticsearch search",
    "Kafka shop",
    "ObjectStore postgres",
    "Pooler postgres-pooler-ro",
    "Pooler postgres-pooler-rw",
];

interface Described {
    readonly kind: string;
    readonly name: string;
    readonly spec: JsonObject;
}

/** The pods that a plan's objects describe: built-in kinds and custom resources, jobs included. */
function describedPods(resources: readonly PlannedResource[]): Described[] {
    return resources.flatMap(({ type, inputs }) =>
        podSources(type, inputs).map(({ kind, pod }): Described => {
            assert.equal(pod.state, "known", type);
            const { name } = inputs["metadata"] as { name: string };
            // The schema's Job has a hash of its files behind its name.
            return { kind, name: name.replace(/-[0-9a-f]{10}$/, ""), spec: (pod.value as { spec: JsonObject }).spec };
        }),
    );
}

const containerFields = ["containers", "initContainers", "securityContext"];
const completes = ({ kind, spec }: Described) =>
    !["CronJob", "Deployment", "Job", "StatefulSet"].includes(kind) &&
    Object.keys(spec).every((key) => containerFields.includes(key));
const titleOf = ({ kind, name }: Described) => `${kind} ${name}`;

const labelOf = ({ labels }: NodePool): string => labels[poolLabel] ?? "";

/** Whether the scheduler may place a pod on a node of the pool, by the plan's labels and taints. */
function schedulable(spec: JsonObject, { name, labels, taints }: NodePool): boolean {
    const node = { name, pool: name, zone: undefined, labels, taints: taints as unknown as Json[], cpu: 0, memory: 0 };
    return accepts(node as unknown as Parameters<typeof accepts>[0], { spec });
}

const distinct = (texts: readonly string[]): string[] => [...new Set(texts)].sort();

describe("every pod against every pool", () => {
    for (const one of cases) {
        const { tier, cloud, profile, pools } = one;
        describe(`${tier} on ${cloud}, ${profile}`, () => {
            let resources: readonly PlannedResource[];
            let allPools: readonly NodePool[];
            before(async () => {
                resources = await platformPlan(configOf(cloud, tier, { nodePools: { profile } }));
                allPools = nodePools(resources);
            });

            it("has these pools (CL-03 to CL-08, CL-12, CL-15)", () => {
                assert.deepEqual(distinct(allPools.map(labelOf)), pools);
            });

            it("allows each pod in its own pools only (CL-05 to CL-07, CL-12, CL-15)", () => {
                const described = describedPods(resources);
                assert.deepEqual(described.filter(completes).map(titleOf).sort(), completing);
                const pods = described.filter((one) => !completes(one));
                const services = Object.keys(workloads).map((name) => `Deployment ${name}`);
                assert.deepEqual(pods.map(titleOf).sort(), [...services, ...storePods(tier)].sort());
                for (const { name, spec } of pods) {
                    const own = home(name, one);
                    assert.deepEqual(
                        distinct(allPools.filter((pool) => schedulable(spec, pool)).map(labelOf)),
                        [...own].sort(),
                        name,
                    );
                    // Each toleration matches a taint of the pod's own pools.
                    const taints = allPools
                        .filter((pool) => own.includes(labelOf(pool)))
                        .flatMap((pool) => pool.taints);
                    assert.deepEqual(
                        distinct(
                            ((spec["tolerations"] ?? []) as unknown as readonly { readonly value: string }[]).map(
                                ({ value }) => value,
                            ),
                        ),
                        distinct(taints.map(({ value }) => value)),
                        name,
                    );
                    // Pods that tolerate spot nodes prefer them.
                    const spot = allPools.filter((pool) => labelOf(pool) === "spot");
                    assert.equal(
                        spot.some(({ labels }) => prefers(spec, labels)),
                        own.includes("spot"),
                        name,
                    );
                }
            });

            it("has no tolerations, node selectors or node affinity in chart values", () => {
                const charts = releasesOf(resources);
                assert.notEqual(charts.length, 0);
                for (const { name, inputs } of charts) {
                    const placed = walk(inputs["values"] as Json).filter(
                        ([path, value]) =>
                            /(^|\.)(tolerations|nodeSelector|nodeAffinity)$/.test(path) &&
                            JSON.stringify(value) !== "[]" &&
                            JSON.stringify(value) !== "{}",
                    );
                    assert.deepEqual(placed, [], `${release} ${name}`);
                }
            });
        });
    }

    it("allows no spot nodes to pods of dedicated pools (CL-12)", () => {
        for (const pool of ["database", "cache", "payment"] as const) {
            assert.deepEqual(poolPlacement("x", pool, true, true), poolPlacement("x", pool, true, false));
        }
        assert.deepEqual(poolPlacement("x", "app", false, true), poolPlacement("x", "app", false));
    });
});

describe("the compact profile", () => {
    it("has one node each for frontend, backend and data, in three zones and of fixed size (CL-15)", async () => {
        for (const cloud of ["gcp", "aws"] as const) {
            const config = configOf(cloud, "dev", { nodePools: { profile: "compact" } });
            const pools = nodePools(await platformPlan(config));
            const view = pools.map((pool) => [
                labelOf(pool),
                pool.min,
                pool.max,
                pool.zones.join(),
                pool.taints.length,
            ]);
            const [first, second, third] = config.zones;
            assert.deepEqual(view.sort(), [
                ["backend", 1, 1, second, 0],
                ["data", 1, 1, third, 0],
                ["frontend", 1, 1, first, 0],
            ]);
        }
    });

    it("has two pods of the frontend behind one gateway, and more than three of the backend (CL-15)", async () => {
        const resources = await platformPlan(configOf("gcp", "dev", { nodePools: { profile: "compact" } }));
        const pods = renderKubernetes({ resources }).flatMap((object) => podOwner(object) ?? []);
        const counted = pods.map(({ name, pool, replicas }) => `${pool} ${name} ${replicas}`).sort();
        assert.deepEqual(counted, [
            "backend inventory 1",
            "backend notification 1",
            "backend order 1",
            "backend payment 1",
            "backend product 1",
            "backend user 1",
            "data memcached 1",
            "data valkey-cache-0-a 1",
            "data valkey-state-0-a 1",
            "frontend admin 1",
            "frontend frontend 2",
            "frontend gateway 1",
        ]);
    });

    it("has no Karpenter", async () => {
        const resources = await platformPlan(configOf("aws", "dev", { nodePools: { profile: "compact" } }));
        assert.deepEqual(
            resources
                .filter(({ name, type }) => /karpenter|provisioning/i.test(`${name} ${type}`))
                .map(({ urn }) => urn),
            [],
        );
    });
});
