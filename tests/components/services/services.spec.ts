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

interface Spec {
    readonly ingress?: readonly unknown[];
    readonly hard?: Readonly<Record<string, string>>;
}

const withAutoscaler = ["Deployment", "HorizontalPodAutoscaler", "PodDisruptionBudget", "Service", "ServiceAccount"];

describe("the services layer", () => {
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
        const specs = (name: string) =>
            [before, after].map(
                ({ resources }) => resources.find((one) => one.name === name)?.inputs["spec"],
            ) as Spec[];
        const [ingressBefore = [], ingressAfter = []] = specs("product-policy").map(({ ingress }) => ingress);
        // The new caller is the last one before Prometheus.
        assert.deepEqual(ingressAfter.toSpliced(-2, 1), ingressBefore);
        assert.deepEqual(ingressAfter.at(-2), {
            from: [
                {
                    namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "services" } },
                    podSelector: {
                        matchLabels: {
                            "app.kubernetes.io/name": "review",
                            "app.kubernetes.io/part-of": "ecommerce-platform",
                        },
                    },
                },
            ],
            ports: [{ port: 8080, protocol: "TCP" }],
        });
        // 71 pods become 80, each of 500m, plus 20 %.
        const quotas = specs("services-quota").map(({ hard }) => [hard?.["pods"], hard?.["requests.cpu"]]);
        assert.deepEqual(quotas, [
            ["86", "42600m"],
            ["96", "48"],
        ]);
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
