import assert from "node:assert/strict";

import type { JsonObject } from "../../tools/plan";
import { closure, waits } from "./deployed";
import { type Deployed, type Deployment, deployment, inLayer, titleOf } from "./deployment";

/** Types of what has pods. */
const withPods = /:(Deployment|StatefulSet|CronJob|Job|Release)$/;

function namespaceOf({ inputs }: Deployed): string {
    const metadata = inputs["metadata"] as JsonObject | undefined;
    return (metadata?.["namespace"] ?? inputs["namespace"]) as string;
}

/** What any pod of a namespace needs. */
function isolation(namespace: string): string[] {
    return [
        `LimitRange ${namespace}-limits`,
        `Namespace ${namespace}`,
        `NetworkPolicy ${namespace}-allow-dns`,
        `NetworkPolicy ${namespace}-default-deny`,
        `ResourceQuota ${namespace}-quota`,
    ];
}

/** Services of prod by namespace, with their priority. */
const services: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    frontend: { admin: "standard", frontend: "critical" },
    ingress: { gateway: "edge" },
    payment: { payment: "critical" },
    services: {
        inventory: "critical",
        notification: "standard",
        order: "critical",
        product: "critical",
        user: "critical",
    },
};

const topics = [
    "orders.created",
    "orders.status",
    "payments.completed",
    "payments.dlq",
    "payments.failed",
    "payments.retry.10m",
    "payments.retry.1h",
    "payments.retry.1m",
    "product.updated",
    "stock.changed",
    "user.registered",
];
/** Kafka with every topic and the permissions of every user; keda reads how many messages wait. */
const kafka = [
    ...topics.map((topic) => `KafkaTopic messaging-access-topic-${topic}`),
    ...["inventory", "keda", "notification", "order", "payment", "product", "user"].map(
        (user) => `KafkaUser messaging-access-user-${user}`,
    ),
];
/** PostgreSQL with the schema, and the pooler of what a service calls. */
const postgres = (service: string, ...poolers: readonly ("ro" | "rw")[]) => [
    "Job database-schema",
    `Secret database-roles-${service}-caller`,
    ...poolers.map((type) => `Pooler database-pooler-${type}`),
];
const valkey = (name: string, service: string) => [
    `Job valkey-${name}-formed`,
    `Secret valkey-${name}-users-${service}-services`,
];

/** Services that call stores, each with a certificate (SC-06), and the stores that they wait for. */
const callers: Readonly<Record<string, readonly string[]>> = {
    user: [...kafka, ...postgres("user", "ro", "rw"), ...valkey("state", "user")],
    product: [
        ...kafka,
        ...postgres("product", "ro", "rw"),
        ...valkey("cache", "product"),
        "StatefulSet memcached",
        "Elasticsearch search-elasticsearch",
        "Secret search-users-product-services",
    ],
    order: [...kafka, ...postgres("order", "ro", "rw"), ...valkey("state", "order")],
    payment: [...kafka, ...postgres("payment", "rw")],
    inventory: [...kafka, ...postgres("inventory", "ro", "rw")],
    notification: kafka,
};

/** What the job waits for besides its account and its certificate. */
const job = [...postgres("cache-warm", "ro"), ...valkey("cache", "cache-warm")];

describe("the order of creation, from the network to the services", () => {
    for (const cloud of ["gcp", "aws", "existing"] as const) {
        describe(`on ${cloud}`, () => {
            let all: Deployment;
            let earlier: (urn: string) => ReadonlySet<string>;
            const titles = (urn: string): Set<string> => new Set([...earlier(urn)].map(titleOf));
            before(async () => {
                all = await deployment(cloud, "prod");
                earlier = closure(all);
            });

            it("has nothing that waits for itself", () => {
                for (const { urn } of all.resources) {
                    assert.ok(!earlier(urn).has(urn), urn);
                }
            });

            it("has every Kubernetes object after the one provider, and that after the whole cluster", () => {
                const objects = all.resources.filter(({ type, custom }) => custom && type.startsWith("kubernetes:"));
                assert.ok(objects.length > 90);
                const other = objects.filter(({ provider }) => provider !== "kubernetes cluster-kubernetes");
                assert.deepEqual(
                    other.map(({ title }) => title),
                    [],
                );
                const provider = inLayer(all, "cluster").find(({ type }) => type === "pulumi:providers:kubernetes");
                const needed = titles(provider?.urn ?? "");
                const nodes = inLayer(all, "cluster").filter(({ type }) =>
                    /:(NodePool|NodeGroup|Addon|Cluster)$/.test(type),
                );
                assert.equal(nodes.length, { gcp: 7, aws: 16, existing: 0 }[cloud]);
                for (const { title } of nodes) {
                    assert.ok(needed.has(title), title);
                }
                const outbound = {
                    gcp: ["RouterNat network-nat"],
                    aws: ["az1", "az2", "az4"].map((zone) => `Route network-private-use1-${zone}-nat`),
                    existing: [],
                };
                for (const title of outbound[cloud]) {
                    assert.ok(needed.has(title), title);
                }
            });

            it("has admission policies first, each before its binding", () => {
                const policies = inLayer(all, "security").filter(({ type }) => type.includes(":ValidatingAdmission"));
                assert.equal(policies.length, 20);
                for (const [title, needed] of Object.entries(waits(all, policies))) {
                    const [, name = ""] = /Binding (.*)-binding$/.exec(title) ?? [];
                    assert.deepEqual(needed, name === "" ? [] : [`ValidatingAdmissionPolicy ${name}`], title);
                }
            });

            it("has namespaces first, then their quotas, limits and network policies", () => {
                const objects = inLayer(all, "security").filter(({ type }) => !type.includes(":ValidatingAdmission"));
                const order = waits(all, objects);
                for (const [title, needed] of Object.entries(order)) {
                    const policy = all.resources.find((resource) => resource.title === title);
                    const namespace = policy === undefined ? "" : namespaceOf(policy);
                    const own = title.startsWith("Namespace ") || namespace === "kube-system";
                    assert.deepEqual(needed, own ? [] : [`Namespace ${namespace}`], title);
                }
            });

            it("has every pod after the isolation of its namespace and the policies of all its declared pods", () => {
                const pods = all.resources.filter(({ type }) => withPods.test(type));
                assert.ok(pods.length >= 14, `${pods.length}`);
                for (const one of pods) {
                    const namespace = namespaceOf(one);
                    const policies = all.resources
                        .filter((other) => other.type.endsWith(":NetworkPolicy") && namespaceOf(other) === namespace)
                        .map(({ title }) => title);
                    const needed = [...(namespace === "kube-system" ? [] : isolation(namespace)), ...policies];
                    const found = titles(one.urn);
                    assert.deepEqual(
                        needed.filter((title) => !found.has(title)),
                        [],
                        one.title,
                    );
                }
            });

            it("has a service's account, pods after the stores that it calls, Service and autoscaler in turn", () => {
                const order = waits(all, inLayer(all, "services"));
                const isolationOf = (namespace: string): string[] => {
                    const policies = all.resources
                        .filter(({ type }) => type.endsWith(":NetworkPolicy"))
                        .filter((policy) => namespaceOf(policy) === namespace)
                        .map(({ title }) => title);
                    const needed = isolation(namespace).filter((title) => !title.startsWith("Namespace "));
                    return [...new Set([...needed, ...policies])].sort();
                };
                const inServices = isolationOf("services");
                // GKE serves the kind itself.
                const recommended = cloud === "gcp" ? [] : ["Release vertical-pod-autoscaler"];
                const jobs: Record<string, string[]> = {
                    "ServiceAccount cache-warm-job-account": inServices,
                    "Certificate cache-warm-certificate": [...inServices, "ClusterIssuer certificates"].sort(),
                    "CronJob cache-warm-job": [
                        ...job,
                        "Certificate cache-warm-certificate",
                        "ServiceAccount cache-warm-job-account",
                    ].sort(),
                };
                const rows = Object.entries(services).flatMap(([namespace, own]) => {
                    const isolated = isolationOf(namespace);
                    return Object.entries(own).flatMap(([name, priority]): [string, string[]][] => [
                        [`ServiceAccount ${name}-account`, isolated],
                        [`PodDisruptionBudget ${name}-budget`, isolated],
                        [
                            `Deployment ${name}`,
                            [
                                ...(name in callers ? [`Certificate ${name}-certificate`] : []),
                                ...(callers[name] ?? []),
                                `PriorityClass priorities-${priority}`,
                                `ServiceAccount ${name}-account`,
                            ].sort(),
                        ],
                        ...(name in callers
                            ? [
                                  [
                                      `Certificate ${name}-certificate`,
                                      [...isolated, "ClusterIssuer certificates"].sort(),
                                  ] as [string, string[]],
                              ]
                            : []),
                        [`Service ${name}-service`, [`Deployment ${name}`]],
                        name === "order"
                            ? [
                                  "ScaledObject order-scaler",
                                  ["ClusterTriggerAuthentication autoscaling-kafka", "Deployment order"],
                              ]
                            : [`HorizontalPodAutoscaler ${name}-autoscaler`, [`Deployment ${name}`]],
                        [`VerticalPodAutoscaler ${name}-recommender`, [`Deployment ${name}`, ...recommended]],
                    ]);
                });
                const classes = ["critical", "edge", "standard"].map((name) => `PriorityClass priorities-${name}`);
                const others = Object.keys(order).filter((title) => title.startsWith("PriorityClass"));
                assert.deepEqual(
                    classes.filter((title) => !others.includes(title)),
                    [],
                );
                assert.deepEqual(order, {
                    ...Object.fromEntries(rows),
                    ...jobs,
                    ...Object.fromEntries(others.map((title) => [title, []])),
                });
            });
        });
    }
});
