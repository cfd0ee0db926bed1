import assert from "node:assert/strict";

import type { JsonObject, Plan } from "../../../tools/plan";
import { cacheServices } from "../cache/callers";
import { pgpoolIn } from "../database/callers";
import { inputs } from "../layers";
import { each, expectedLabels, expectedSelector, serviceNames } from "./shop";
import { namesOf, objectsOf, shopStacks, types } from "./stacks";

for (const { title, plan: planned, tier, replicas } of shopStacks) {
    describe(`the objects beside every Deployment in ${title}`, () => {
        let plan: Plan;
        const objects = (type: string, suffix: string): Record<string, JsonObject> =>
            each(objectsOf(plan.resources, type, suffix));
        const metadata = each((name, { namespace, importance }) => ({
            name,
            namespace,
            labels: expectedLabels(name, importance),
        }));

        before(async () => {
            plan = await planned();
        });

        it("are a Service of both ports, which is not awaited where it has no pods (SV-05, CL-18)", () => {
            const unawaited = { annotations: { "pulumi.com/skipAwait": "true" } };
            assert.deepEqual(
                objects(types.service, "-service"),
                each((name, { servicePort }) => ({
                    apiVersion: "v1",
                    kind: "Service",
                    metadata: { ...metadata[name], ...(replicas === 0 ? unawaited : {}) },
                    spec: {
                        type: "ClusterIP",
                        selector: expectedSelector(name),
                        ports: [
                            { name: "http", port: servicePort, targetPort: "http", protocol: "TCP" },
                            { name: "management", port: 8081, targetPort: "management", protocol: "TCP" },
                        ],
                    },
                })),
            );
        });

        it("are an account without a token (SC-04)", () => {
            assert.deepEqual(
                objects(types.account, "-account"),
                each((name) => ({
                    apiVersion: "v1",
                    kind: "ServiceAccount",
                    metadata: metadata[name],
                    automountServiceAccountToken: false,
                })),
            );
        });

        it("are a budget of one unavailable pod, which pods that are not ready do not use up (AS-10)", () => {
            assert.deepEqual(
                objects(types.budget, "-budget"),
                each((name) => ({
                    apiVersion: "policy/v1",
                    kind: "PodDisruptionBudget",
                    metadata: metadata[name],
                    spec: {
                        maxUnavailable: 1,
                        selector: { matchLabels: expectedSelector(name) },
                        unhealthyPodEvictionPolicy: "AlwaysAllow",
                    },
                })),
            );
        });

        it("are nine of each kind, and Services of the caches and of Pgpool-II are the only others", () => {
            const named = (suffix: string) => serviceNames.map((name) => `${name}${suffix}`).sort();
            const services = namesOf(plan.resources, types.service);
            assert.deepEqual(services.services, named("-service"));
            assert.deepEqual(
                services.others,
                [...cacheServices, ...pgpoolIn({ tier, replica: replicas === 0 })].sort(),
            );
            assert.deepEqual(namesOf(plan.resources, types.account).services, named("-account"));
            assert.deepEqual(namesOf(plan.resources, types.budget).services, named("-budget"));
            const components = plan.resources.filter(({ type }) => type === "shop:services:Microservice");
            assert.deepEqual(components.map(({ name }) => name).sort(), named(""));
        });

        it("have URLs by namespace and port of the Service, which the stack outputs (SV-01 to SV-11)", () => {
            assert.deepEqual(
                plan.outputs["services"],
                each(
                    (name, { namespace, servicePort }) =>
                        `http://${name}.${namespace}.svc.cluster.local:${servicePort}`,
                ),
            );
        });

        it("are the shop's three priority classes", () => {
            const classes = plan.resources.filter(
                ({ type, parent }) => type === types.priority && parent?.endsWith("::priorities") === true,
            );
            assert.deepEqual(classes.map(({ name }) => name).sort(), [
                "priorities-critical",
                "priorities-edge",
                "priorities-standard",
            ]);
            const expected = { edge: 100_000, critical: 50_000, standard: 50_000 };
            for (const [importance, value] of Object.entries(expected)) {
                assert.deepEqual(inputs(plan.resources, types.priority, `priorities-${importance}`), {
                    apiVersion: "scheduling.k8s.io/v1",
                    kind: "PriorityClass",
                    metadata: {
                        name: `shop-${importance}`,
                        labels: expectedLabels(`shop-${importance}`, "priority"),
                    },
                    value,
                    description: `Workloads of the shop that are ${importance}`,
                    globalDefault: false,
                });
            }
        });
    });
}
