import * as assert from "node:assert/strict";

import type { ClusterEndpoint } from "../../../catalog/stores";
import { namespaces, type Workloads } from "../../../catalog/types";
import { workloads } from "../../../catalog/workloads";
import { planStack, renderKubernetes } from "../../../tools/plan";
import { configOf, declaredOf } from "../layers";
import { type Endpoint, type NetworkPolicy, reach } from "./reachability";

const { graph, stores } = declaredOf(configOf("gcp", "prod"));
const shop: Workloads = workloads;
const ports = [22, 53, 80, 443, 5432, 6379, 8080, 8081, 9093, 9200, 11211];

interface Manifest {
    readonly kind: string;
    readonly metadata: { readonly name: string; readonly namespace: string };
    readonly spec: { readonly template: { readonly metadata: { readonly labels: Record<string, string> } } };
}

function pod(name: string, namespace: string, labels: Record<string, string>, index: number): Endpoint {
    return { name, address: `10.44.0.${index}`, pod: { namespace, labels } };
}

describe("reachability over the rendered network policies (NW-05, NW-06, NW-09)", () => {
    let policies: NetworkPolicy[] = [];
    let shopPods: Endpoint[] = [];
    let all: Endpoint[] = [];
    const outside: Endpoint = { name: "internet", address: "203.0.113.9" };
    const metadata: Endpoint = { name: "metadata", address: "169.254.169.254" };
    const dns = pod("dns", "kube-system", { "k8s-app": "kube-dns" }, 250);
    const system = pod("system", "kube-system", { "k8s-app": "other" }, 251);

    before(async () => {
        const plan = await planStack({ stack: "prod" });
        const manifests = renderKubernetes(plan).map(({ manifest }) => manifest as unknown as Manifest);
        policies = manifests.filter(({ kind }) => kind === "NetworkPolicy") as unknown as NetworkPolicy[];
        const deployed = manifests.filter(({ kind }) => kind === "Deployment");
        const placeholders = deployed
            .filter(({ metadata: { name } }) => name === "headroom")
            .map(({ metadata: { name, namespace }, spec }) => pod(name, namespace, spec.template.metadata.labels, 240));
        shopPods = deployed
            .filter(({ metadata: { name } }) => name !== "headroom")
            .map(({ metadata: { name, namespace }, spec }, index) =>
                pod(name, namespace, spec.template.metadata.labels, index + 1),
            );
        const storePods = Object.entries(stores as Readonly<Record<string, ClusterEndpoint>>).map(
            ([name, store], index) => pod(name, store.namespace, { ...store.podLabels }, index + 100),
        );
        // A pod without declaration in each namespace, as an intruder would start.
        const undeclared = namespaces.map((namespace, index) =>
            pod(`undeclared-${namespace}`, namespace, {}, index + 150),
        );
        const prometheus = pod("prometheus", "monitoring", { "app.kubernetes.io/name": "prometheus" }, 200);
        all = [...shopPods, ...storePods, ...undeclared, ...placeholders, prometheus, dns, system, outside, metadata];
    });

    it("has two policies per namespace and one per workload, besides those of add-ons and kube-bench", () => {
        assert.equal(shopPods.length, Object.keys(workloads).length);
        const of = (component: string) =>
            policies.filter(({ metadata }) => metadata.labels?.["app.kubernetes.io/component"] === component).length;
        assert.equal(of("addon"), 9);
        // kube-bench.
        assert.equal(of("audit"), 1);
        assert.equal(policies.length - of("addon") - of("audit"), namespaces.length * 2 + shopPods.length);
    });

    it("allows egress of a workload to exactly its declared calls and DNS", () => {
        const reachable = shopPods.flatMap((from) =>
            all.flatMap((to) =>
                ports
                    .filter((port) => from !== to && reach(policies, from, to, port).egress)
                    .map((port) => `${from.name} -> ${to.name}:${port}`),
            ),
        );
        const declared = graph.edges.map(
            ({ from, to, port }) => `${from} -> ${to.kind === "host" ? "internet" : to.name}:${port}`,
        );
        const lookups = shopPods.map(({ name }) => `${name} -> dns:53`);
        assert.deepEqual([...new Set(reachable)].sort(), [...new Set([...declared, ...lookups])].sort());
    });

    it("allows ingress to a workload from exactly its callers and Prometheus, to the gateway from any address", () => {
        const reachable = all.flatMap((from) =>
            shopPods.flatMap((to) =>
                ports
                    .filter((port) => from !== to && reach(policies, from, to, port).ingress)
                    .map((port) => `${from.name} -> ${to.name}:${port}`),
            ),
        );
        const calls = graph.edges.flatMap(({ from, to, port }) =>
            to.kind === "workload" ? [`${from} -> ${to.name}:${port}`] : [],
        );
        const scrapes = Object.keys(shop).map((name) => `prometheus -> ${name}:8081`);
        const toGateway = all.filter(({ name }) => name !== "gateway").map(({ name }) => `${name} -> gateway:8080`);
        assert.deepEqual([...new Set(reachable)].sort(), [...new Set([...calls, ...scrapes, ...toGateway])].sort());
    });

    it("connects pods along exactly the graph's 12 edges between workloads", () => {
        const connected = shopPods.flatMap((from) =>
            shopPods.flatMap((to) =>
                ports
                    .filter((port) => {
                        const { egress, ingress } = reach(policies, from, to, port);
                        return from !== to && egress && ingress;
                    })
                    .map((port) => `${from.name} -> ${to.name}:${port}`),
            ),
        );
        const declared = graph.edges.flatMap(({ from, to, port }) =>
            to.kind === "workload" ? [`${from} -> ${to.name}:${port}`] : [],
        );
        assert.equal(declared.length, 12);
        assert.deepEqual(connected.sort(), declared.sort());
    });

    it("allows payment ingress from order only, egress to PostgreSQL, Kafka and the providers only", () => {
        const payment = shopPods.find(({ name }) => name === "payment");
        assert.ok(payment);
        const callees = all.flatMap((to) =>
            ports
                .filter((port) => port !== 53 && to !== payment && reach(policies, payment, to, port).egress)
                .map((port) => `${to.name}:${port}`),
        );
        const callers = all.flatMap((from) =>
            [8080]
                .filter((port) => from !== payment && reach(policies, from, payment, port).ingress)
                .map(() => from.name),
        );
        assert.deepEqual(callees.sort(), ["internet:443", "kafka:9093", "postgres-rw:5432"]);
        assert.deepEqual(callers, ["order"]);
    });

    it("allows an undeclared pod egress to DNS only", () => {
        const undeclared = all.filter(({ name }) => name.startsWith("undeclared-"));
        assert.equal(undeclared.length, namespaces.length);
        const reachable = undeclared.flatMap((from) =>
            all.flatMap((to) =>
                ports
                    .filter((port) => from !== to && reach(policies, from, to, port).egress)
                    .map((port) => `${to.name}:${port}`),
            ),
        );
        assert.deepEqual([...new Set(reachable)], ["dns:53"]);
    });

    it("denies every pod the cloud's metadata service, which serves the node's credentials", () => {
        const pods = all.filter(({ pod: own }) => own !== undefined && own.namespace !== "kube-system");
        assert.deepEqual(
            pods.filter((from) => ports.some((port) => reach(policies, from, metadata, port).egress)),
            [],
        );
    });

    it("detects a removed policy", () => {
        const [user, product] = ["user", "product"].map((name) => shopPods.find((entry) => entry.name === name));
        assert.ok(user && product);
        assert.equal(reach(policies, user, product, 8080).egress, false);
        const without = policies.filter(
            ({ metadata: { name } }) => name !== "user" && name !== "default-deny" && name !== "allow-dns",
        );
        assert.equal(reach(without, user, product, 8080).egress, true);
    });
});
