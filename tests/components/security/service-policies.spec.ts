import assert from "node:assert/strict";

import type { PlannedResource } from "../../../tools/plan";
import { inputs } from "../layers";
import { each, expectedLabels, expectedSelector, shop, type ServiceName } from "../services/shop";
import { shipped } from "../shipped";

const type = "kubernetes:networking.k8s.io/v1:NetworkPolicy";

const pods = (namespace: string, matchLabels: object) => ({
    namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": namespace } },
    podSelector: { matchLabels },
});

const service = (name: ServiceName) => pods(shop[name].namespace, expectedSelector(name));

const tcp = (port: number) => [{ port, protocol: "TCP" }];

const anyAddress = { from: [{ ipBlock: { cidr: "0.0.0.0/0" } }], ports: tcp(8080) };

const prometheus = {
    from: [pods("monitoring", { "app.kubernetes.io/name": "prometheus" })],
    ports: tcp(8081),
};

const from = (...callers: readonly ServiceName[]) =>
    callers.map((name) => ({ from: [service(name)], ports: tcp(8080) }));

const to = (...callees: readonly ServiceName[]) => callees.map((name) => ({ to: [service(name)], ports: tcp(8080) }));

const store = (port: number, namespace: string, labels: object) => ({
    to: [pods(namespace, labels)],
    ports: tcp(port),
});

const primary = store(5432, "data", { "cnpg.io/poolerName": "postgres-pooler-rw" });
const replicas = store(5432, "data", { "cnpg.io/poolerName": "postgres-pooler-ro" });
const state = store(6379, "cache", { "app.kubernetes.io/name": "valkey-state" });
const cache = store(6379, "cache", { "app.kubernetes.io/name": "valkey-cache" });
const memcached = store(11211, "cache", { "app.kubernetes.io/name": "memcached" });
const kafka = store(9093, "messaging", { "strimzi.io/cluster": "shop", "strimzi.io/pool-name": "broker" });
const search = store(9200, "data", { "elasticsearch.k8s.elastic.co/cluster-name": "search" });

const internet = {
    to: [
        {
            ipBlock: {
                cidr: "0.0.0.0/0",
                except: ["10.0.0.0/8", "100.64.0.0/10", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16"],
            },
        },
    ],
    ports: tcp(443),
};

/** Rules of each service, in order (NW-06, NW-09, NW-10). */
const rules: Readonly<
    Record<ServiceName, { readonly ingress: readonly object[]; readonly egress: readonly object[] }>
> = {
    frontend: { ingress: from("gateway"), egress: to("gateway") },
    gateway: {
        ingress: [...from("frontend", "admin"), anyAddress],
        egress: to("frontend", "admin", "user", "product", "order", "inventory"),
    },
    admin: { ingress: from("gateway"), egress: to("gateway") },
    user: { ingress: from("gateway", "order"), egress: [primary, replicas, state, kafka] },
    product: {
        ingress: from("gateway", "order"),
        egress: [primary, replicas, search, cache, memcached, kafka],
    },
    order: {
        ingress: from("gateway"),
        egress: [...to("user", "product", "inventory", "payment"), primary, replicas, state, kafka],
    },
    // Both providers are one rule: the same addresses on the same port.
    payment: { ingress: from("order"), egress: [primary, kafka, internet] },
    inventory: { ingress: from("gateway", "order"), egress: [primary, replicas, kafka] },
    notification: { ingress: [], egress: [kafka, internet] },
};

for (const { title, plan } of shipped) {
    describe(`the network policy of every service in ${title} (NW-05, NW-06, NW-09)`, () => {
        let resources: readonly PlannedResource[];

        before(async () => {
            ({ resources } = await plan());
        });

        it("allows its callers, Prometheus, its callees, its stores and its hosts, and nothing else", () => {
            assert.deepEqual(
                each((name) => inputs(resources, type, `${name}-policy`)),
                each((name, { namespace, importance }) => ({
                    apiVersion: "networking.k8s.io/v1",
                    kind: "NetworkPolicy",
                    metadata: { name, namespace, labels: expectedLabels(name, importance) },
                    spec: {
                        podSelector: { matchLabels: expectedSelector(name) },
                        policyTypes: ["Ingress", "Egress"],
                        ingress: [...rules[name].ingress, prometheus],
                        egress: rules[name].egress,
                    },
                })),
            );
        });
    });
}
