import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";

import program from "../../index";
import { planStack, type Plan } from "../../tools/plan/index";
import { admit } from "./admission/admit";
import { autoscalerOf } from "./operators/keda";
import { MetricsApi } from "./autoscaling/metrics-api";
import { Sizes } from "./autoscaling/sizes";
import { at, copyOf, listAt, numberAt, textAt, type JsonObject, type KubeObject } from "./control-plane/json";
import { startControlPlane } from "./control-plane/start-with-crds";
import type { ControlPlane } from "./control-plane/start";
import { log } from "./log";
import { findingsText } from "./plan/finding";
import { plannedObjects, type PlannedObject } from "./plan/objects";
import { addNodes, nodesOf } from "./scheduling/nodes";
import { nodePools } from "./scheduling/pools";

/** By how much the suite shortens periods: steps of 15 s and 30 s on the way up, of 60 s to 600 s on the way down. */
const shorter = { scaleUp: 15, scaleDown: 60 } as const;

const prod = { stack: "prod", cloud: "gcp", program, checkPolicies: false } as const;

const needed = ["Namespace", "PriorityClass", "ServiceAccount", "Deployment"];

/** Steps of each service from its minimum to its maximum and back, by the rates of the catalogue. */
const up: Readonly<Record<string, readonly number[]>> = {
    frontend: [3, 6, 12],
    gateway: [2, 4, 8, 16, 30],
    admin: [2, 4],
    user: [3, 6, 12],
    product: [5, 8, 12, 18, 20],
    order: [3, 6, 12, 15],
    payment: [2, 3, 4, 5, 7, 8],
    inventory: [4, 8, 16],
    notification: [2, 4, 8],
};
const down: Readonly<Record<string, readonly number[]>> = {
    frontend: [12, 10, 9, 8, 7, 6, 5, 4, 3],
    gateway: [30, 27, 24, 21, 18, 16, 14, 12, 10, 9, 8, 7, 6, 5, 4, 3, 2],
    admin: [4, 3, 2],
    user: [12, 10, 9, 8, 7, 6, 5, 4, 3],
    product: [20, 18, 16, 14, 12, 10, 9, 8, 7, 6, 5],
    order: [15, 13, 11, 9, 8, 7, 6, 5, 4, 3],
    payment: [8, 7, 6, 5, 4, 3, 2],
    inventory: [16, 14, 12, 10, 9, 8, 7, 6, 5, 4],
    notification: [8, 7, 6, 5, 4, 3, 2],
};

/** Seconds from the first step to the last one, at the rendered period of a direction. */
function seconds(scaler: KubeObject, direction: keyof typeof shorter, steps: readonly number[]): number {
    const [policy] = listAt(scaler, "spec", "behavior", direction, "policies");
    const period = numberAt(policy, "periodSeconds") ?? 0;
    // The first step needs no waiting, and the first number is no step.
    return (steps.length - 2) * period;
}

/** Seconds of a shortened autoscaler's policy on the way down. */
function downPeriod(scaler: PlannedObject): number {
    const [policy] = listAt(shortened(scaler).object, "spec", "behavior", "scaleDown", "policies");
    return numberAt(policy, "periodSeconds") ?? 0;
}

/** The autoscalers of a plan, those of ScaledObjects as KEDA creates them. */
function scalersOf(planned: readonly PlannedObject[]): PlannedObject[] {
    return planned.flatMap((one) => {
        const { object } = one;
        return object.kind === "ScaledObject"
            ? [{ ...one, object: autoscalerOf(object) }]
            : object.kind === "HorizontalPodAutoscaler"
              ? [one]
              : [];
    });
}

/** The autoscaler with every period divided: the same steps in less time. */
function shortened({ object, ...rest }: PlannedObject): PlannedObject {
    const copy = copyOf(object as JsonObject) as KubeObject;
    for (const [direction, factor] of Object.entries(shorter)) {
        const behavior = at(copy, "spec", "behavior", direction) as Record<string, number>;
        behavior["stabilizationWindowSeconds"] = (behavior["stabilizationWindowSeconds"] ?? 0) / factor;
        const policies = at(copy, "spec", "behavior", direction, "policies") as Record<string, number>[];
        policies.forEach((policy) => {
            policy["periodSeconds"] = (policy["periodSeconds"] ?? 0) / factor;
        });
    }
    return { ...rest, object: copy };
}

const lastOf = (steps: Readonly<Record<string, readonly number[]>>): Record<string, number> =>
    Object.fromEntries(Object.entries(steps).map(([name, sizes]) => [name, sizes.at(-1) ?? 0]));

/** The real controller, with metrics of the suite and the autoscalers of the plan. Rows AS-01 to AS-04, AS-08. */
describe("the autoscalers under a load: prod on gcp", () => {
    let plane: ControlPlane | undefined;
    let metrics: MetricsApi | undefined;
    let scalers: readonly PlannedObject[] = [];
    const opened = (): { plane: ControlPlane; metrics: MetricsApi } => ({
        plane: plane ?? assert.fail(),
        metrics: metrics ?? assert.fail(),
    });
    const scalerOf = (name: string): KubeObject =>
        scalers.find(({ object }) => object.metadata.name === name)?.object ?? assert.fail(name);

    before(async () => {
        const plan: Plan = await planStack(prod);
        const planned = plannedObjects(plan);
        scalers = scalersOf(planned);
        plane = await startControlPlane({}, log);
        const pools = nodePools(plan.resources);
        await addNodes(
            plane.client,
            pools.flatMap((pool) => nodesOf(pool, pool.max)),
        );
        const scaled = new Set(scalers.map(({ object }) => textAt(object, "spec", "scaleTargetRef", "name")));
        const objects = planned.filter(
            ({ object }) =>
                needed.includes(object.kind) && (object.kind !== "Deployment" || scaled.has(object.metadata.name)),
        );
        assert.equal(findingsText(await admit(plane.client, objects)), "");
        metrics = await MetricsApi.start(plane);
        assert.equal(findingsText(await admit(plane.client, scalers.map(shortened))), "");
        await (await Sizes.from(plane.client)).until(lastOf(down), 120_000);
    });

    after(async () => {
        await metrics?.stop();
        await plane?.stop();
    });

    it("raise the replicas by the rates of the catalogue, to the maximum and not beyond", async () => {
        const { plane: running, metrics: api } = opened();
        const sizes = await Sizes.from(running.client);
        api.set(() => 10);
        assert.deepEqual(await sizes.until(lastOf(up), 240_000), up);
        assert.equal(seconds(scalerOf("product"), "scaleUp", up["product"] ?? []), 45);
        assert.equal(seconds(scalerOf("order"), "scaleUp", up["order"] ?? []), 30);
        assert.equal(seconds(scalerOf("payment"), "scaleUp", up["payment"] ?? []), 120);
    });

    it("lower the replicas by the rates of the catalogue, without a step back", async () => {
        const { plane: running, metrics: api } = opened();
        // The controller counts what was added within the period of its policy; the last step up has to be older than that.
        await delay(Math.max(...scalers.map(downPeriod)) * 1000);
        const sizes = await Sizes.from(running.client);
        api.set(() => 0.01);
        assert.deepEqual(await sizes.until(lastOf(down), 480_000), down);
        assert.equal(seconds(scalerOf("product"), "scaleDown", down["product"] ?? []), 540);
        assert.equal(seconds(scalerOf("order"), "scaleDown", down["order"] ?? []), 2400);
        assert.equal(seconds(scalerOf("payment"), "scaleDown", down["payment"] ?? []), 3000);
    });

    it("have 30 order pods within a minute of a flash sale's first request (AS-08)", async () => {
        const { plane: running, metrics: api } = opened();
        const config = { load: JSON.stringify({ profile: "flashSale" }) };
        const sale = scalersOf(plannedObjects(await planStack({ ...prod, config }))).filter(
            ({ object }) => object.metadata.name === "order",
        );
        assert.equal(findingsText(await admit(running.client, sale.map(shortened))), "");
        const sizes = await Sizes.from(running.client);
        api.set((pod) => (pod.metadata.name.startsWith("order-") ? 10 : 0.01));
        const steps = [3, 6, 12, 24, 30];
        assert.deepEqual(await sizes.until({ order: 30 }, 120_000), { order: steps });
        assert.equal(seconds(sale[0]?.object ?? assert.fail(), "scaleUp", steps), 45);
    });
});
