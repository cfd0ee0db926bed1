import assert from "node:assert/strict";

import type { PlannedResource } from "../../../tools/plan";
import { one } from "../layers";
import { namespaceObjects, shortName, waitsFor } from "../namespaced";
import { type Shipped, shipped } from "../shipped";
import { memcachedWaits, valkeyWaits } from "../cache/callers";
import { postgresWaits } from "../database/callers";
import { kafkaWaits } from "../messaging/callers";
import { searchWaits } from "../search/callers";
import { each, expectedSecrets, type ExpectedService, serviceNames, type ServiceName } from "./shop";
import { types } from "./stacks";

/** Secrets with the credentials of each service, as the layers of its stores create them (DB-17, SC-05). */
const credentials: Readonly<Record<string, readonly string[]>> = {
    user: ["database-roles-user-caller", "valkey-state-users-user-services"],
    product: ["database-roles-product-caller", "search-users-product-services", "valkey-cache-users-product-services"],
    order: ["database-roles-order-caller", "valkey-state-users-order-services"],
    payment: ["database-roles-payment-caller"],
    inventory: ["database-roles-inventory-caller"],
};

/** What is ready before a service starts: the stores that it calls, and no others. */
const stores = (stack: Shipped): Readonly<Record<string, readonly string[]>> => ({
    user: [...postgresWaits(["rw", "ro"], stack), ...valkeyWaits("state", stack), ...kafkaWaits(stack)],
    product: [
        ...postgresWaits(["rw", "ro"], stack),
        ...searchWaits(stack),
        ...valkeyWaits("cache", stack),
        ...memcachedWaits,
        ...kafkaWaits(stack),
    ],
    order: [...postgresWaits(["rw", "ro"], stack), ...valkeyWaits("state", stack), ...kafkaWaits(stack)],
    payment: [...postgresWaits(["rw"], stack), ...kafkaWaits(stack)],
    inventory: [...postgresWaits(["rw", "ro"], stack), ...kafkaWaits(stack)],
    notification: kafkaWaits(stack),
});

for (const stack of shipped) {
    describe(`what the objects of every service wait for in ${stack.title}`, () => {
        let resources: readonly PlannedResource[];
        const waits = (type: string, suffix = "") => each((name) => waitsFor(one(resources, type, `${name}${suffix}`)));
        /** The namespace with its policies, quota and defaults, and more (CL-20, NW-05). */
        const namespaceAnd = (more: (name: ServiceName, service: ExpectedService) => readonly string[]) =>
            each((name, service) => [...namespaceObjects(service.namespace, stack), ...more(name, service)].sort());
        const autoscales = stack.tier !== "dev" && !stack.replica;
        const children = (name: ServiceName): [type: string, child: string][] => [
            [types.account, `${name}-account`],
            [types.deployment, name],
            [types.service, `${name}-service`],
            [types.budget, `${name}-budget`],
            ...(expectedSecrets(name).length === 0
                ? []
                : [["shop:common:InternalCertificate", `${name}-certificate`] as [string, string]]),
            ...(autoscales ? [scaler(name)] : []),
            ...(autoscales && stack.tier === "prod"
                ? [["shop:services:Recommender", `${name}-recommender`] as [string, string]]
                : []),
        ];

        const scaler = (name: ServiceName): [type: string, child: string] =>
            name === "order" ? ["shop:services:QueueScaler", "order-scaler"] : [types.autoscaler, `${name}-autoscaler`];

        before(async () => {
            ({ resources } = await stack.plan());
        });

        it("is the whole namespace, for accounts and budgets", () => {
            assert.deepEqual(
                waits(types.account, "-account"),
                namespaceAnd(() => []),
            );
            assert.deepEqual(
                waits(types.budget, "-budget"),
                namespaceAnd(() => []),
            );
        });

        it("is also the account, the priority class, the certificate, and the stores with their credentials, for Deployments", () => {
            assert.deepEqual(
                waits(types.deployment),
                namespaceAnd((name, { importance }) => [
                    `ServiceAccount ${name}-account`,
                    `PriorityClass priorities-${importance}`,
                    ...(expectedSecrets(name).length === 0 ? [] : [`Certificate ${name}-certificate`]),
                    ...(credentials[name] ?? []).map((secret) => `Secret ${secret}`),
                    ...(stores(stack)[name] ?? []),
                ]),
            );
        });

        it("is also the Deployment, for Services and autoscalers: both need its pods", () => {
            const expected = namespaceAnd((name) => [`Deployment ${name}`]);
            assert.deepEqual(waits(types.service, "-service"), expected);
            if (autoscales) {
                const { order, ...others } = expected;
                const found = serviceNames
                    .filter((name) => name !== "order")
                    .map((name) => [name, waitsFor(one(resources, types.autoscaler, `${name}-autoscaler`))]);
                assert.deepEqual(Object.fromEntries(found), others);
                const byQueue = one(resources, "kubernetes:keda.sh/v1alpha1:ScaledObject", "order-scaler");
                assert.deepEqual(waitsFor(byQueue), [
                    "ClusterTriggerAuthentication autoscaling-kafka",
                    ...(order ?? []),
                ]);
            }
        });

        it("follows their component, which is below the layer, with the cluster's provider", () => {
            for (const name of serviceNames) {
                const component = one(resources, "shop:services:Microservice", name);
                assert.ok(component.parent?.endsWith("shop:services:Layer::services"), name);
                const below = resources.filter(({ parent }) => parent === component.urn);
                const expected = children(name);
                assert.deepEqual(
                    below.map((child) => [child.type, child.name].join(" ")).sort(),
                    expected.map((child) => child.join(" ")).sort(),
                );
                for (const { provider = "", options } of below.filter(({ type }) => type.startsWith("kubernetes:"))) {
                    assert.ok(provider.endsWith("::cluster-kubernetes"), `${name}: ${provider}`);
                    // The SDK adds the aliases.
                    const set = Object.keys(options).filter((option) => option !== "aliases");
                    assert.deepEqual(set, ["dependsOn"], name);
                }
            }
        });

        it("does not include anything for priority classes", () => {
            const classes = resources.filter(({ urn }) => urn.includes("shop:services:Priorities$"));
            assert.equal(classes.length, 3);
            assert.deepEqual(classes.flatMap(waitsFor), []);
            assert.deepEqual(
                classes.map(({ parent = "" }) => shortName(parent)),
                Array(3).fill("Priorities priorities"),
            );
        });
    });
}
