import assert from "node:assert/strict";

import type { PlannedResource } from "../../../tools/plan";
import { inputs } from "../layers";
import { each, expectedLabels, serviceNames, type ServiceName } from "./shop";
import { shopStacks, types } from "./stacks";

interface Targets {
    readonly cpu: number;
    readonly memory: number;
    /** Percent of the replicas, and the seconds of the period. */
    readonly up: readonly [percent: number, seconds: number];
    readonly down: readonly [percent: number, seconds: number];
}

const usual: Targets = { cpu: 70, memory: 80, up: [100, 15], down: [10, 60] };

/** Targets and rates by service (AS-01 to AS-04, AS-07). */
const targets: Readonly<Record<ServiceName, Targets>> = {
    frontend: usual,
    gateway: usual,
    admin: usual,
    user: usual,
    product: { cpu: 65, memory: 75, up: [50, 15], down: [10, 60] },
    order: { cpu: 70, memory: 80, up: [100, 15], down: [10, 300] },
    payment: { cpu: 60, memory: 70, up: [25, 30], down: [5, 600] },
    inventory: usual,
    notification: usual,
};

const utilisation = (name: string, averageUtilization: number) => ({
    type: "Resource",
    resource: { name, target: { type: "Utilization", averageUtilization } },
});

const behaviour = ([value, periodSeconds]: Targets["up"], stabilizationWindowSeconds: number) => ({
    stabilizationWindowSeconds,
    selectPolicy: "Max",
    policies: [{ type: "Percent", value, periodSeconds }],
});

function expectedSpec(name: ServiceName, minReplicas: number, maxReplicas: number): object {
    const { cpu, memory, up, down } = targets[name];
    return {
        scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name },
        minReplicas,
        maxReplicas,
        metrics: [utilisation("cpu", cpu), utilisation("memory", memory)],
        // At once when load rises; after a minute below the target when it falls.
        behavior: { scaleUp: behaviour(up, 0), scaleDown: behaviour(down, 60) },
    };
}

for (const { title, plan, replicas, floor, ownBounds = {} } of shopStacks) {
    describe(`the autoscalers in ${title} (AS-01 to AS-04, EN-01 to EN-03)`, () => {
        let resources: readonly PlannedResource[];

        before(async () => {
            ({ resources } = await plan());
        });

        it(replicas === undefined ? "are one for each service" : "do not exist", () => {
            const found = resources.filter(({ type }) => type.endsWith(":HorizontalPodAutoscaler"));
            assert.deepEqual(
                found.map(({ name }) => name).sort(),
                replicas === undefined ? serviceNames.map((name) => `${name}-autoscaler`).sort() : [],
            );
        });

        if (replicas === undefined) {
            it("have exactly these targets, bounds, metrics, windows, policies and periods", () => {
                assert.deepEqual(
                    each((name) => inputs(resources, types.autoscaler, `${name}-autoscaler`)),
                    each((name, { namespace, importance, scaling }) => ({
                        apiVersion: "autoscaling/v2",
                        kind: "HorizontalPodAutoscaler",
                        metadata: { name, namespace, labels: expectedLabels(name, importance) },
                        spec: expectedSpec(
                            name,
                            ownBounds[name]?.min ?? floor ?? scaling.min,
                            ownBounds[name]?.max ?? scaling.max,
                        ),
                    })),
                );
            });
        }
    });
}
