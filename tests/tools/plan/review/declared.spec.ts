import assert from "node:assert/strict";

import type { PodGroup } from "../../../../components/layer";
import { quantity } from "../../../../config/quantity";
import { type Plan, renderKubernetes } from "../../../../tools/plan";
import { numberAt, textAt } from "../../../../tools/plan/json";
import { podResources } from "../../../../tools/plan/review/pod-resources";
import { podOwner } from "../../../../tools/plan/review/pods";
import { goldenCases } from "../../../../tools/plan/review/golden/cases";
import { sharedPlan } from "../../../stacks/plans";

/** A group as the plan's objects show it. */
interface Seen {
    readonly pool: string;
    readonly min: number;
    readonly max: number;
    readonly figures: readonly number[];
}

function declaredGroups({ declared }: Plan): Map<string, Seen> {
    assert.ok(declared);
    const standing = declared.pods.filter(({ source, job = false }) => source === "object" && !job);
    return new Map(
        standing.map(({ namespace, name, pool, count, resources: { requests, limits } }: PodGroup) => {
            const figures = [requests.cpu, limits.cpu, requests.memory, limits.memory].map(quantity);
            return [`${namespace}/${name}`, { pool, min: count.min, max: count.max, figures }];
        }),
    );
}

/** Keys of an autoscaler's bounds by its kind. */
const bounds: Readonly<Record<string, readonly [min: string, max: string]>> = {
    HorizontalPodAutoscaler: ["minReplicas", "maxReplicas"],
    ScaledObject: ["minReplicaCount", "maxReplicaCount"],
};

function renderedGroups(plan: Plan): Map<string, Seen> {
    const objects = renderKubernetes(plan);
    const scalers = new Map(
        objects
            .filter(({ kind }) => kind in bounds)
            .map(({ kind, namespace, manifest }) => {
                const [min, max] = (bounds[kind] ?? []).map((key) => numberAt(manifest, "spec", key) ?? 1);
                const target = textAt(manifest, "spec", "scaleTargetRef", "name") ?? "";
                return [`${namespace ?? ""}/${target}`, [min ?? 1, max ?? 1] as const];
            }),
    );
    const groups = new Map<string, Seen>();
    for (const { namespace, name, pool, replicas, template } of objects.flatMap((object) => podOwner(object) ?? [])) {
        // Each member of a Valkey cluster is a StatefulSet of its own: `valkey-state-0-a`.
        const key = `${namespace}/${name.replace(/^(valkey-[a-z]+)-\d-[ab]$/, "$1")}`;
        const [min, max] = scalers.get(`${namespace}/${name}`) ?? [replicas, replicas];
        const { cpuRequest, cpuLimit, memoryRequest, memoryLimit } = podResources(template);
        // Sums of containers are not exact in binary: 1 and two of 100m.
        const figures = [cpuRequest, cpuLimit, memoryRequest, memoryLimit].map((one) => Number(one.toFixed(6)));
        const before = groups.get(key) ?? { pool, min: 0, max: 0, figures };
        assert.deepEqual([before.pool, before.figures], [pool, figures], `the members of ${key}`);
        groups.set(key, { pool, min: before.min + min, max: before.max + max, figures });
    }
    return groups;
}

function sorted(groups: Map<string, Seen>): [string, Seen][] {
    return [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
}

describe("what layers declare (AS-11)", () => {
    for (const { stack, cloud } of goldenCases) {
        it(`is what the objects of ${stack} on ${cloud} run: pools, replicas, requests and limits`, async () => {
            const plan = await sharedPlan(stack, cloud);
            assert.deepEqual(sorted(declaredGroups(plan)), sorted(renderedGroups(plan)));
        });
    }
});
