import * as assert from "node:assert/strict";

import { trafficGraph } from "../../catalog/graph";
import { stores } from "../../catalog/stores";
import { namespaces, type Workloads } from "../../catalog/types";
import { workloads } from "../../catalog/workloads";
import { planStack, renderKubernetes } from "../../tools/plan";
import { type Endpoint, type NetworkPolicy, reach } from "./reachability";

const graph = trafficGraph(workloads);
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
        const storePods = Object.entries(stores).map(([name, store], index) =>
            pod(name, store.namespace, { ...store.podLabels }, index + 100),
        );
        // In each namespace of ours a pod that nobody declared: what an intruder would start.
        const strangers = namespaces.map((namespace, index) =>
            pod(`stranger-${namespace}`, namespace, {}, index + 150),
        );
        const prometheus = pod("prometheus", "monitoring", { "app.kubernetes.io/name": "prometheus" }, 200);
        all = [...shopPods, ...storePods, ...strangers, ...placeholders, prometheus, dns, system, outside, metadata];
    });

    it("has two policies a namespace and one a workload, and those of the add-ons' 9 kinds of pods", () => {
        assert.equal(shopPods.length, Object.keys(workloads).length);
        const of = (component: string) =>
            policies.filter(({ metadata }) => metadata.labels?.["app.kubernetes.io/component"] === component).length;
        assert.equal(of("addon"), 9);
        // The audit layer's one pod, kube-bench.
        assert.equal(of("audit"), 1);
        assert.equal(policies.length - of("addon") - of("audit"), namespaces.length * 2 + shopPods.length);
    });

    it("lets a workload of the shop out to exactly what it declares, DNS included", () => {
        const reachable = shopPods.flatMap((from) =>
            all.flatMap((to) =>
                ports
                    .filter((port) => from !== to && reach(policies, from, to, port).out)
                    .map((port) => `${from.name} -> ${to.name}:${port}`),
            ),
        );
        const declared = graph.edges.map(
            ({ from, to, port }) => `${from} -> ${to.kind === "host" ? "internet" : to.name}:${port}`,
        );
        const lookups = shopPods.map(({ name }) => `${name} -> dns:53`);
        assert.deepEqual([...new Set(reachable)].sort(), [...new Set([...declared, ...lookups])].sort());
    });

    it("lets into a workload exactly its callers, the scrape of metrics and, at the gateway, the world", () => {
        const reachable = all.flatMap((from) =>
            shopPods.flatMap((to) =>
                ports
                    .filter((port) => from !== to && reach(policies, from, to, port).in)
                    .map((port) => `${from.name} -> ${to.name}:${port}`),
            ),
        );
        const calls = graph.edges.flatMap(({ from, to, port }) =>
            to.kind === "workload" ? [`${from} -> ${to.name}:${port}`] : [],
        );
        const scrapes = Object.keys(shop).map((name) => `prometheus -> ${name}:8081`);
        const open = all.filter(({ name }) => name !== "gateway").map(({ name }) => `${name} -> gateway:8080`);
        assert.deepEqual([...new Set(reachable)].sort(), [...new Set([...calls, ...scrapes, ...open])].sort());
    });

    it("connects pod to pod exactly along the graph: 12 pairs and nothing else", () => {
        const connected = shopPods.flatMap((from) =>
            shopPods.flatMap((to) =>
                ports
                    .filter((port) => {
                        const way = reach(policies, from, to, port);
                        return from !== to && way.out && way.in;
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

    it("gives payment exactly four edges: order in, PostgreSQL, Kafka and the providers out", () => {
        const payment = shopPods.find(({ name }) => name === "payment");
        assert.ok(payment);
        const out = all.flatMap((to) =>
            ports
                .filter((port) => port !== 53 && to !== payment && reach(policies, payment, to, port).out)
                .map((port) => `${to.name}:${port}`),
        );
        const into = all.flatMap((from) =>
            [8080].filter((port) => from !== payment && reach(policies, from, payment, port).in).map(() => from.name),
        );
        assert.deepEqual(out.sort(), ["internet:443", "kafka:9093", "postgres-rw:5432"]);
        assert.deepEqual(into, ["order"]);
    });

    it("leaves a pod that nobody declared with DNS alone", () => {
        const strangers = all.filter(({ name }) => name.startsWith("stranger-"));
        assert.equal(strangers.length, namespaces.length);
        const reachable = strangers.flatMap((from) =>
            all.flatMap((to) =>
                ports
                    .filter((port) => from !== to && reach(policies, from, to, port).out)
                    .map((port) => `${to.name}:${port}`),
            ),
        );
        assert.deepEqual([...new Set(reachable)], ["dns:53"]);
    });

    it("keeps everybody off the cloud's metadata service, where the node's credentials are", () => {
        const pods = all.filter(({ pod: own }) => own !== undefined && own.namespace !== "kube-system");
        assert.deepEqual(
            pods.filter((from) => ports.some((port) => reach(policies, from, metadata, port).out)),
            [],
        );
    });

    it("sees a policy that is taken away", () => {
        const [user, product] = ["user", "product"].map((name) => shopPods.find((entry) => entry.name === name));
        assert.ok(user && product);
        assert.equal(reach(policies, user, product, 8080).out, false);
        const without = policies.filter(
            ({ metadata: { name } }) => name !== "user" && name !== "default-deny" && name !== "allow-dns",
        );
        assert.equal(reach(without, user, product, 8080).out, true);
    });
});
