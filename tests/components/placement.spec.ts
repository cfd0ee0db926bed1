import assert from "node:assert/strict";

import type { PoolName } from "../../catalog/types";
import { workloads } from "../../catalog/workloads";
import { poolLabels, poolTaints } from "../../components/common/pools";
import { poolPlacement } from "../../components/common/scheduling";
import { type JsonObject, planStack, renderKubernetes } from "../../tools/plan";
import { podOwner } from "../../tools/plan/pods";

type Terms = readonly { readonly key: string; readonly values: readonly string[] }[];

interface Placed {
    readonly name: string;
    readonly tolerated: readonly JsonObject[];
    readonly required: Terms;
    readonly preferred: Terms;
}

function placed(name: string, spec: JsonObject): Placed {
    const node = ((spec["affinity"] as JsonObject | undefined)?.["nodeAffinity"] ?? {}) as JsonObject;
    const required = node["requiredDuringSchedulingIgnoredDuringExecution"] as JsonObject | undefined;
    const [term] = (required?.["nodeSelectorTerms"] ?? []) as JsonObject[];
    const preferred = (node["preferredDuringSchedulingIgnoredDuringExecution"] ?? []) as JsonObject[];
    return {
        name,
        tolerated: (spec["tolerations"] ?? []) as JsonObject[],
        required: (term?.["matchExpressions"] ?? []) as unknown as Terms,
        preferred: preferred.flatMap(
            ({ preference }) => (preference as JsonObject)["matchExpressions"] as unknown as Terms,
        ),
    };
}

function fits(terms: Terms, pool: PoolName): boolean {
    return terms.every(({ key, values }) => values.includes(poolLabels[pool][key] ?? ""));
}

/** Whether the scheduler may put the pod onto a node of the pool. */
function admitted({ tolerated, required }: Placed, pool: PoolName): boolean {
    const taint = poolTaints[pool];
    const enters =
        taint === undefined || tolerated.some((one) => one["key"] === taint.key && one["value"] === taint.value);
    return enters && fits(required, pool);
}

const pools = Object.keys(poolTaints) as PoolName[];

describe("every pod against every pool", () => {
    const home = (name: string, withSpot: boolean): PoolName[] => {
        const workload = workloads[name as keyof typeof workloads] as {
            readonly pool?: PoolName;
            readonly spot?: boolean;
        };
        return [workload.pool ?? "app", ...(withSpot && workload.spot === true ? (["spot"] as const) : [])];
    };

    for (const [stack, cloud] of [
        ["prod", "gcp"],
        ["prod", "aws"],
        ["staging", "gcp"],
        ["dev", "aws"],
    ] as const) {
        it(`may enter those it belongs to and no other: ${stack} on ${cloud} (CL-05 to CL-07, CL-12)`, async () => {
            const plan = await planStack({ stack, cloud });
            const pods = renderKubernetes(plan).flatMap((object) => podOwner(object) ?? []);
            const known = pods.filter(({ name }) => name in workloads);
            assert.deepEqual(known.map(({ name }) => name).sort(), Object.keys(workloads).sort());
            const withSpot = stack !== "dev";
            for (const { name, template } of known) {
                const pod = placed(name, template["spec"] as JsonObject);
                assert.deepEqual(
                    pools.filter((pool) => admitted(pod, pool)),
                    home(name, withSpot),
                    name,
                );
                // Nothing is tolerated that no pool of its own has.
                assert.equal(
                    pod.tolerated.length,
                    home(name, withSpot).filter((pool) => poolTaints[pool]).length,
                    name,
                );
                // Who may go to spot nodes goes there first.
                assert.equal(
                    pod.preferred.length > 0 && fits(pod.preferred, "spot"),
                    home(name, withSpot).includes("spot"),
                );
            }
        });
    }

    it("keeps spot nodes from whoever has a pool of its own, whatever the catalogue says (CL-12)", () => {
        for (const pool of ["database", "cache", "payment"] as const) {
            assert.deepEqual(poolPlacement("x", pool, true, true), poolPlacement("x", pool, true, false));
        }
        assert.deepEqual(poolPlacement("x", "app", false, true), poolPlacement("x", "app", false));
    });
});
