import assert from "node:assert/strict";

import type { Workloads } from "../../../catalog/types";
import { workloads } from "../../../catalog/workloads";
import { createProgram } from "../../../components/program";
import { planStack, type PlannedResource } from "../../../tools/plan";
import { autoscalerGroups, waitsFor } from "../namespaced";
import { shipped } from "../shipped";

const isAutoscaling = ({ type, name }: PlannedResource): boolean =>
    type.includes(":keda.sh/") || name.startsWith("keda") || name.startsWith("autoscaling-");

describe("the autoscaler by queue length without a queue in the catalogue (AS-06)", () => {
    let resources: readonly PlannedResource[];

    before(async () => {
        const { queue, ...scaling } = workloads.order.scaling;
        assert.ok(queue !== undefined);
        const without: Workloads = { ...workloads, order: { ...workloads.order, scaling } };
        const program = createProgram({ workloads: without });
        ({ resources } = await planStack({ stack: "prod", cloud: "existing", program, checkPolicies: false }));
    });

    it("is not installed, and has no access to Kafka", () => {
        assert.deepEqual(
            resources.filter(isAutoscaling).map(({ name }) => name),
            [],
        );
        assert.deepEqual(
            resources.filter(({ name }) => name.includes("user-keda")).map(({ name }) => name),
            [],
        );
    });

    it("leaves order a HorizontalPodAutoscaler", () => {
        const scalers = resources.filter(({ name }) => name === "order-autoscaler" || name === "order-scaler");
        assert.deepEqual(
            scalers.map(({ type }) => type),
            ["kubernetes:autoscaling/v2:HorizontalPodAutoscaler"],
        );
    });
});

describe("the release of the autoscaler (AS-06)", () => {
    for (const { title, plan } of shipped.filter(({ tier, replica }) => tier !== "dev" && !replica)) {
        it(`waits in ${title} for cert-manager, its priority, and what guards its namespace`, async () => {
            const { resources } = await plan();
            const release = resources.find(({ type, name }) => type.endsWith(":Release") && name === "keda");
            assert.deepEqual(waitsFor(release ?? assert.fail("no release")), [
                "LimitRange monitoring-limits",
                "Namespace monitoring",
                ...autoscalerGroups.map((group) => `NetworkPolicy ${group}-policy`),
                "NetworkPolicy monitoring-allow-dns",
                "NetworkPolicy monitoring-default-deny",
                "PriorityClass addons-priority",
                "Release cert-manager",
                "ResourceQuota monitoring-quota",
            ]);
        });
    }
});
