import * as assert from "node:assert/strict";

import { createProgram } from "../../../components/program";
import type { Workloads } from "../../../catalog/types";
import { workloads } from "../../../catalog/workloads";
import { planStack } from "../../../tools/plan";
import type { PlannedResource } from "../../../tools/plan/record/types";

/** Kubernetes kinds of one service in the plan. */
function kindsOf(resources: readonly PlannedResource[], service: string): string[] {
    const component = resources.find(({ type, name }) => type === "shop:services:Microservice" && name === service);
    assert.ok(component, `no component ${service}`);
    return resources
        .filter(({ parent }) => parent === component.urn)
        .map(({ type }) => type.split(":")[2] ?? "")
        .sort();
}

const services = Object.keys(workloads);

const withAutoscaler = ["Deployment", "HorizontalPodAutoscaler", "PodDisruptionBudget", "Service", "ServiceAccount"];

describe("the services layer", () => {
    it("creates all objects of each workload in staging and prod, and no autoscaler in dev (EN-01 to EN-03)", async () => {
        for (const [stack, kinds] of [
            ["dev", withAutoscaler.filter((kind) => kind !== "HorizontalPodAutoscaler")],
            ["staging", withAutoscaler],
            ["prod", withAutoscaler],
        ] as const) {
            const { resources } = await planStack({ stack });
            for (const name of services) {
                assert.deepEqual(kindsOf(resources, name), kinds, `${name} in ${stack}`);
            }
        }
    });

    it("sets replicas only where there is no autoscaler", async () => {
        const replicas = async (stack: string) => {
            const { resources } = await planStack({ stack });
            return resources
                .filter(({ type, name }) => type === "kubernetes:apps/v1:Deployment" && name in workloads)
                .map(({ inputs }) => (inputs["spec"] as Record<string, unknown>)["replicas"]);
        };
        assert.deepEqual(await replicas("dev"), Array(services.length).fill(1));
        assert.deepEqual(await replicas("staging"), Array(services.length).fill(undefined));
        assert.deepEqual(await replicas("prod"), Array(services.length).fill(undefined));
    });

    it("creates an additional catalogue entry as a service, and updates its callees' policies", async () => {
        const extended: Workloads = {
            ...workloads,
            review: {
                description: "What customers say of products",
                namespace: "services",
                importance: "standard",
                scaling: { min: 3, max: 9 },
                calls: { workloads: ["product"], stores: ["postgres-rw"] },
            },
        };
        const before = await planStack({ stack: "prod" });
        const after = await planStack({ stack: "prod", program: createProgram({ workloads: extended }) });
        assert.deepEqual(kindsOf(after.resources, "review"), withAutoscaler);
        const inputsBefore = new Map(
            before.resources.map((resource) => [resource.urn, JSON.stringify(resource.inputs)]),
        );
        const changed = after.resources.filter(
            ({ urn, inputs }) => inputsBefore.has(urn) && inputsBefore.get(urn) !== JSON.stringify(inputs),
        );
        assert.ok(
            after.resources.some(({ name, parent }) => name === "review-policy" && parent?.endsWith("::services-pods")),
        );
        // Seven new resources; of the others only the callee's policy and the quota change.
        assert.equal(after.resources.length, before.resources.length + 7);
        assert.deepEqual(changed.map(({ type, name }) => `${type.split(":")[2] ?? ""} ${name}`).sort(), [
            "NetworkPolicy product-policy",
            "ResourceQuota services-quota",
        ]);
        assert.deepEqual(after.policy.violations, []);
    });

    it("has every resource below the platform", async () => {
        const { resources } = await planStack({ stack: "prod" });
        const orphans = resources.filter(({ parent, type }) => parent === undefined && type !== "pulumi:pulumi:Stack");
        assert.deepEqual(orphans, []);
        const top = resources.filter(({ parent }) => parent?.includes("pulumi:pulumi:Stack") === true);
        assert.deepEqual(
            top.map(({ type, name }) => `${type} ${name}`).filter((entry) => !entry.startsWith("pulumi:providers:")),
            ["shop:platform:Platform platform"],
        );
    });
});
