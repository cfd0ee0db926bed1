import assert from "node:assert/strict";

import type { PlannedResource } from "../../../tools/plan";
import { inputs } from "../layers";
import {
    expectedLabels,
    type ExpectedService,
    type Rate,
    type Scaling,
    type ServiceName,
    serviceNames,
    shop,
} from "./shop";
import { shopStacks, types } from "./stacks";

/** KEDA owns the autoscaler of order: `queue-scaler.spec.ts`. */
const withoutQueue = serviceNames.filter((name) => name !== "order");

const eachWithoutQueue = <T>(value: (name: ServiceName, service: ExpectedService) => T): Record<string, T> =>
    Object.fromEntries(withoutQueue.map((name) => [name, value(name, shop[name])]));

const utilisation = (name: string, averageUtilization: number) => ({
    type: "Resource",
    resource: { name, target: { type: "Utilization", averageUtilization } },
});

const behaviour = ([value, periodSeconds]: Rate, stabilizationWindowSeconds: number) => ({
    stabilizationWindowSeconds,
    selectPolicy: "Max",
    policies: [{ type: "Percent", value, periodSeconds }],
});

function expectedSpec(name: string, scaling: Scaling, minReplicas: number, maxReplicas: number): object {
    const { cpu = 70, memory = 80, up = [100, 15], down = [10, 60] } = scaling;
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

        it(replicas === undefined ? "are one for each service without a queue" : "do not exist", () => {
            const found = resources.filter(({ type }) => type.endsWith(":HorizontalPodAutoscaler"));
            assert.deepEqual(
                found.map(({ name }) => name).sort(),
                replicas === undefined ? withoutQueue.map((name) => `${name}-autoscaler`).sort() : [],
            );
        });

        if (replicas === undefined) {
            it("have exactly these targets, bounds, metrics, windows, policies and periods", () => {
                assert.deepEqual(
                    eachWithoutQueue((name) => inputs(resources, types.autoscaler, `${name}-autoscaler`)),
                    eachWithoutQueue((name, { namespace, importance, scaling }) => ({
                        apiVersion: "autoscaling/v2",
                        kind: "HorizontalPodAutoscaler",
                        metadata: { name, namespace, labels: expectedLabels(name, importance) },
                        spec: expectedSpec(
                            name,
                            scaling,
                            ownBounds[name]?.min ?? floor ?? scaling.min,
                            ownBounds[name]?.max ?? scaling.max,
                        ),
                    })),
                );
            });
        }
    });
}
