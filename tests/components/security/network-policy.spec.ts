import assert from "node:assert/strict";

import { trafficGraph } from "../../../catalog/graph";
import type { StoreEndpoints } from "../../../catalog/stores";
import type { Workload } from "../../../catalog/types";
import type { Reach } from "../../../components/cluster/types";
import type { Caller, Destination, PodGroup } from "../../../components/layer";
import { networkPolicySpec } from "../../../components/security/network-policy";
import { PodPolicies } from "../../../components/security/pod-policies";
import { planned } from "../layers";

const labels = { app: "web", tier: "front" };

const group = (callers: readonly Caller[], calls: readonly Destination[], own: Partial<PodGroup> = {}): PodGroup => ({
    name: "web",
    namespace: "services",
    labels,
    app: { name: "shop-web", component: "test" },
    source: "object",
    pool: "app",
    count: { min: 1, max: 1, surge: 1 },
    resources: { requests: { cpu: "100m", memory: "100Mi" }, limits: { cpu: "1", memory: "1Gi" } },
    spread: "required",
    callers,
    calls,
    ...own,
});

const stores: StoreEndpoints = {
    ledger: { kind: "cluster", namespace: "data", service: "ledger", port: 7001, podLabels: { app: "ledger" } },
    archive: { kind: "outside", port: 3306, range: "10.49.0.0/20" },
};

const workload = (own: Partial<Workload>): Workload => ({
    description: "A service under test",
    namespace: "services",
    importance: "standard",
    scaling: { min: 2, max: 4 },
    calls: {},
    ...own,
});

const graph = trafficGraph(
    {
        one: workload({ calls: { stores: ["ledger"] } }),
        two: workload({ calls: { stores: ["archive", "ledger"] }, namespace: "payment" }),
        three: workload({}),
    },
    stores,
);

const block = (cidr: string) => ({ ipBlock: { cidr } });
const tcp = (port: number) => [{ port, protocol: "TCP" }];

const reach: Reach = {
    apiServer: [{ to: [block("172.31.0.0/28")], ports: tcp(443) }],
    cloud: [
        { to: [block("203.0.113.0/24")], ports: tcp(443) },
        { to: [block("169.254.169.254/32")], ports: tcp(80) },
    ],
    identity: [{ to: [block("169.254.169.254/32")], ports: tcp(80) }],
    kubelets: [{ to: [block("10.40.0.0/20")], ports: tcp(10250) }],
    webhookCallers: [block("172.31.0.0/28"), block("10.40.0.0/20")],
};

const pods = (namespace: string, matchLabels: object) => ({
    namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": namespace } },
    podSelector: { matchLabels },
});

const dns = {
    to: [pods("kube-system", { "k8s-app": "kube-dns" })],
    ports: [
        { port: 53, protocol: "UDP" },
        { port: 53, protocol: "TCP" },
    ],
};

const context = { declared: { graph, stores }, reach };
const base = { podSelector: { matchLabels: labels }, policyTypes: ["Ingress", "Egress"] };

/** Rules of a caller, and of a destination. */
const ingress = (...callers: readonly Caller[]) => networkPolicySpec(group(callers, []), context);
const egress = (...calls: readonly Destination[]) => networkPolicySpec(group([], calls), context);

describe("the ingress rules of declared callers (NW-05)", () => {
    const rows: Readonly<Record<string, readonly [Caller, readonly object[]]>> = {
        "of a webhook: the control plane's addresses": [
            { webhook: 9443 },
            [{ from: [block("172.31.0.0/28"), block("10.40.0.0/20")], ports: tcp(9443) }],
        ],
        "of metrics: Prometheus": [
            { metrics: 9402 },
            [{ from: [pods("monitoring", { "app.kubernetes.io/name": "prometheus" })], ports: tcp(9402) }],
        ],
        "of pods: by namespace and labels": [
            { pods: { namespace: "data", labels: { app: "operator", part: "controller" } }, port: 8443 },
            [{ from: [pods("data", { app: "operator", part: "controller" })], ports: tcp(8443) }],
        ],
        "of a store: the workloads that call it, on its port": [
            { callersOf: "ledger" },
            ["one services", "two payment"].map((text) => {
                const [name = "", namespace = ""] = text.split(" ");
                const own = { "app.kubernetes.io/name": name, "app.kubernetes.io/part-of": "ecommerce-platform" };
                return { from: [pods(namespace, own)], ports: tcp(7001) };
            }),
        ],
        "of any address": [{ anyAddress: 8080 }, [{ from: [block("0.0.0.0/0")], ports: tcp(8080) }]],
    };

    for (const [title, [caller, expected]] of Object.entries(rows)) {
        it(`are those ${title}`, () => {
            assert.deepEqual(ingress(caller), { ...base, ingress: expected });
        });
    }

    it("have no sources where the control plane's addresses are unknown", () => {
        const unknown = { ...context, reach: { ...reach, webhookCallers: [] } };
        const { ingress: rules } = networkPolicySpec(group([{ webhook: 9443 }], []), unknown);
        assert.deepEqual(rules, [{ ports: tcp(9443) }]);
    });

    it("are in the declared order, and absent without callers", () => {
        assert.deepEqual(ingress({ anyAddress: 2 }, { anyAddress: 1 }), {
            ...base,
            ingress: [2, 1].map((port) => ({ from: [block("0.0.0.0/0")], ports: tcp(port) })),
        });
        assert.deepEqual(ingress(), base);
    });

    it("fail for a store that is not declared", () => {
        const message = "store legder is not declared; give one of ledger, archive";
        assert.throws(() => ingress({ callersOf: "legder" }), { message });
        assert.throws(() => egress({ store: "legder" }), { message });
    });
});

describe("the egress rules of declared calls (NW-05)", () => {
    const except = ["10.0.0.0/8", "100.64.0.0/10", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16"];
    const internet = { to: [{ ipBlock: { cidr: "0.0.0.0/0", except } }], ports: tcp(8443) };
    const rows: Readonly<Record<string, readonly [Destination, readonly object[]]>> = {
        "the cluster's DNS": ["dns", [dns]],
        "the control plane": ["api-server", reach.apiServer],
        "the cloud, by each of its rules": ["cloud", reach.cloud],
        "the kubelets": ["kubelets", reach.kubelets],
        "pods, by namespace and labels": [
            { pods: { namespace: "cache", labels: { app: "valkey" } }, port: 6379 },
            [{ to: [pods("cache", { app: "valkey" })], ports: tcp(6379) }],
        ],
        "a store in the cluster, by its pods": [
            { store: "ledger" },
            [{ to: [pods("data", { app: "ledger" })], ports: tcp(7001) }],
        ],
        "a store outside, by its range": [{ store: "archive" }, [{ to: [block("10.49.0.0/20")], ports: tcp(3306) }]],
        "public addresses": [{ internet: 8443 }, [internet]],
    };

    for (const [title, [destination, expected]] of Object.entries(rows)) {
        it(`are those to ${title}`, () => {
            assert.deepEqual(egress(destination), { ...base, egress: expected });
        });
    }

    it("are one for the same addresses and port, and two for different ports", () => {
        assert.deepEqual(egress({ internet: 8443 }, { internet: 8443 }).egress, [internet]);
        assert.deepEqual(egress({ internet: 8443 }, "dns", { internet: 25 }).egress, [
            internet,
            dns,
            { ...internet, ports: tcp(25) },
        ]);
    });
});

describe("the network policies of a namespace's pods (NW-05)", () => {
    it("are one for each connected group, with an annotation where a controller creates the pods", async () => {
        const webhook = [{ webhook: 9443 }];
        const groups = [
            group([], [], { name: "idle" }),
            group(webhook, [], { name: "called" }),
            group([], ["dns"], { name: "calling", source: "controller" }),
        ];
        let namespaceName: unknown;
        const resources = await planned(() => {
            new PodPolicies("own", { namespace: "services", pods: groups, ...context }, {}).namespaceName.apply(
                (name) => {
                    namespaceName = name;
                },
            );
        });
        const policies = resources.filter(({ custom }) => custom);
        const metadata = (name: string) => ({
            name,
            namespace: "services",
            labels: {
                "app.kubernetes.io/name": "shop-web",
                "app.kubernetes.io/part-of": "ecommerce-platform",
                "app.kubernetes.io/instance": "shop-web",
                "app.kubernetes.io/component": "test",
                "app.kubernetes.io/managed-by": "pulumi",
            },
        });
        assert.deepEqual(
            policies.map(({ name, inputs }) => [name, inputs["metadata"]]),
            [
                ["called-policy", metadata("called")],
                [
                    "calling-policy",
                    {
                        ...metadata("calling"),
                        annotations: { "kube-score/ignore": "networkpolicy-targets-pod" },
                    },
                ],
            ],
        );
        assert.deepEqual(
            policies.map(({ inputs }) => inputs["spec"]),
            [
                {
                    ...base,
                    ingress: [{ from: [block("172.31.0.0/28"), block("10.40.0.0/20")], ports: tcp(9443) }],
                },
                { ...base, egress: [dns] },
            ],
        );
        assert.equal(namespaceName, "services");
    });
});
