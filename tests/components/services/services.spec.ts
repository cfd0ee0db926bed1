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
    readonly managed?: { readonly roles: readonly { readonly name: string }[] };
}

const withAutoscaler = ["Deployment", "HorizontalPodAutoscaler", "PodDisruptionBudget", "Service", "ServiceAccount"];

describe("the services layer", () => {
    it("creates an additional catalogue entry as a service with a role, and updates its callees' policies", async () => {
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
        assert.deepEqual(
            kindsOf(after.resources, "review"),
            [...withAutoscaler, "InternalCertificate", "Recommender"].sort(),
        );
        const inputsBefore = new Map(
            before.resources.map((resource) => [resource.urn, JSON.stringify(resource.inputs)]),
        );
        const title = ({ type, name }: PlannedResource) => `${type.split(":").at(-1) ?? ""} ${name}`;
        const added = after.resources.filter(({ urn }) => !inputsBefore.has(urn));
        assert.deepEqual(added.map((one) => `${title(one)} of ${one.parent?.split("::").at(-1) ?? ""}`).sort(), [
            "Certificate review-certificate of review-certificate",
            "Credentials database-roles-review of database-roles",
            "Deployment review of review",
            "HorizontalPodAutoscaler review-autoscaler of review",
            "InternalCertificate review-certificate of review",
            "Microservice review of services",
            "NetworkPolicy review-policy of services-pods",
            "PodDisruptionBudget review-budget of review",
            "RandomPassword database-roles-review of database-roles-review",
            "Recommender review-recommender of review",
            "Secret database-roles-review-caller of database-roles-review",
            "Secret database-roles-review-data of database-roles-review",
            "Service review-service of review",
            "ServiceAccount review-account of review",
            "VerticalPodAutoscaler review-recommender of review-recommender",
        ]);
        assert.equal(after.resources.length, before.resources.length + added.length);
        // Of the others: the policies of its callees, the quota of its namespace, and the roles of the database.
        const changed = after.resources.filter(
            ({ urn, inputs }) => inputsBefore.has(urn) && inputsBefore.get(urn) !== JSON.stringify(inputs),
        );
        assert.deepEqual(changed.map(title).sort(), [
            "Cluster database-cluster",
            "NetworkPolicy postgres-pooler-rw-policy",
            "NetworkPolicy product-policy",
            "ResourceQuota services-quota",
        ]);
        assert.deepEqual(after.policy.violations, []);
        const specs = (name: string) =>
            [before, after].map(
                ({ resources }) => resources.find((one) => one.name === name)?.inputs["spec"],
            ) as Spec[];
        // The new caller is the last one before Prometheus.
        const caller = (port: number) => ({
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
            ports: [{ port, protocol: "TCP" }],
        });
        for (const [policy, port] of [
            ["product-policy", 8080],
            ["postgres-pooler-rw-policy", 5432],
        ] as const) {
            const [ingressBefore = [], ingressAfter = []] = specs(policy).map(({ ingress }) => ingress);
            assert.deepEqual(ingressAfter.toSpliced(-2, 1), ingressBefore, policy);
            assert.deepEqual(ingressAfter.at(-2), caller(port), policy);
        }
        const [rolesBefore = [], rolesAfter = []] = specs("database-cluster").map(({ managed }) => managed?.roles);
        const role = {
            name: "review_service",
            comment: "Service review",
            ensure: "present",
            login: true,
            passwordSecret: { name: "postgres-review" },
        };
        assert.deepEqual(
            rolesAfter.filter(({ name }) => name === "review_service"),
            [role],
        );
        assert.deepEqual(
            rolesAfter.filter(({ name }) => name !== "review_service"),
            rolesBefore,
        );
        // 71 pods become 80, each of 500m, and two of the job of 50m; plus 20 %.
        const quotas = specs("services-quota").map(({ hard }) => [hard?.["pods"], hard?.["requests.cpu"]]);
        assert.deepEqual(quotas, [
            ["88", "42720m"],
            ["99", "48120m"],
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
