import assert from "node:assert/strict";

import type { Kubectl } from "../../../tools/preflight/checks";
import { preflightCommand } from "../../../tools/preflight/command";

/** kubectl's output by resource type; undefined if it does not exist. */
type Answers = Readonly<Record<string, string | undefined>>;

const complete: Answers = {
    version: '{"serverVersion":{"major":"1","minor":"36"}}',
    csidrivers: "",
    storageclasses: "rancher.io/local-path rancher.io/local-path",
    apiservice: "True",
    customresourcedefinitions: ["gatewayclasses", "gateways", "httproutes"]
        .map((kind) => `${kind}.gateway.networking.k8s.io`)
        .join(" "),
    nodes: "payment app",
    namespace: "7a1e4c52-0f6b-4d0e-9a53-2f1c6f3f8f11",
};

async function run(answers: Answers, args = ["local"], more: Record<string, unknown> = {}) {
    const printed: string[] = [];
    const requests: string[][] = [];
    const contexts: (string | undefined)[] = [];
    const kubectl: Kubectl = (request) => {
        requests.push([...request]);
        const key = request[0] === "get" ? (request[1] ?? "") : (request[0] ?? "");
        return Promise.resolve(answers[key]);
    };
    const status = await preflightCommand(args, {
        settings: () => ({
            ...{ tier: "dev", cloud: "existing", domain: "shop.example.com" },
            existing: { context: "kind-shop", metricsServer: "present" },
            ...more,
        }),
        kubectl: (context) => {
            contexts.push(context);
            return kubectl;
        },
        aws: () => Promise.reject(new Error("no AWS account is asked")),
        print: (line) => printed.push(line),
        quotas: (stack) => Promise.resolve([`the quotas of ${stack}`]),
    });
    return { status, printed, requests, contexts };
}

/** Status and output where every request fails. */
async function runFailing(message: string): Promise<readonly [number, readonly string[]]> {
    const lines: string[] = [];
    const status = await preflightCommand(["local"], {
        settings: () => ({ tier: "dev", cloud: "existing", domain: "shop.example.com" }),
        kubectl: () => () => Promise.reject(new Error(message)),
        aws: () => Promise.reject(new Error("no AWS account is asked")),
        print: (line) => lines.push(line),
    });
    return [status, lines];
}

const ok = [
    "ok       a cluster that answers",
    "ok       context kind-shop",
    "ok       cluster local, which is a name and not compared; the cluster's UID is 7a1e4c52-0f6b-4d0e-9a53-2f1c6f3f8f11",
    "ok       Kubernetes 1.34 or newer",
    "ok       volume provisioner rancher.io/local-path",
    "ok       metrics API (metrics.k8s.io) for autoscalers",
    "ok       Gateway API CRDs",
    "ok       nodes for every pool that pods select",
];

describe("the preflight of an existing cluster", () => {
    it("passes a complete cluster with read-only requests", async () => {
        const { status, printed, requests, contexts } = await run(complete);
        assert.deepEqual([status, printed, contexts], [0, ok, ["kind-shop"]]);
        assert.deepEqual(
            requests.map((request) => request.join(" ")),
            [
                "version --output=json",
                "get namespace kube-system --output=jsonpath={.metadata.uid}",
                "version --output=json",
                "get csidrivers --output=jsonpath={.items[*].metadata.name}",
                "get storageclasses --output=jsonpath={.items[*].provisioner}",
                'get apiservice v1beta1.metrics.k8s.io --output=jsonpath={.status.conditions[?(@.type=="Available")].status}',
                "get customresourcedefinitions --output=jsonpath={.items[*].metadata.name}",
                "get nodes --output=jsonpath={.items[*].metadata.labels.workload}",
            ],
        );
    });

    const cases: readonly (readonly [what: string, answers: Answers, line: number, text: string, fix: string])[] = [
        [
            "an old server",
            { version: '{"serverVersion":{"major":"1","minor":"30+"}}' },
            0,
            "failed   Kubernetes 1.34 or newer: the server is 1.30+",
            "         upgrade the cluster",
        ],
        [
            "no server",
            { version: "{}" },
            0,
            "failed   Kubernetes 1.34 or newer: the server reports no version",
            "         check the kubeconfig and the context",
        ],
        [
            "another provisioner",
            { storageclasses: "k8s.io/minikube-hostpath" },
            1,
            "failed   volume provisioner rancher.io/local-path: the cluster has k8s.io/minikube-hostpath",
            "         install it, or set existing.storageProvisioner to an installed one",
        ],
        [
            "no provisioner",
            { storageclasses: "" },
            1,
            "failed   volume provisioner rancher.io/local-path: the cluster has none",
            "         install it, or set existing.storageProvisioner to an installed one",
        ],
        [
            "no metrics",
            { apiservice: undefined },
            2,
            "failed   metrics API (metrics.k8s.io) for autoscalers: not installed",
            "         install metrics-server (minikube addons enable metrics-server; on kind its Helm chart)",
        ],
        [
            "unavailable metrics",
            { apiservice: "False" },
            2,
            "failed   metrics API (metrics.k8s.io) for autoscalers: not available",
            "         install metrics-server (minikube addons enable metrics-server; on kind its Helm chart)",
        ],
        [
            "no Gateway API",
            { customresourcedefinitions: "gateways.gateway.networking.k8s.io" },
            3,
            "failed   Gateway API CRDs: missing gatewayclasses, httproutes",
            "         apply the standard channel of a kubernetes-sigs/gateway-api release",
        ],
        [
            "no payment nodes",
            { nodes: "app" },
            4,
            "failed   nodes for every pool that pods select: no node has the label workload=payment",
            "         label nodes workload=<pool> and taint them, or set existing.dedicatedPools to false",
        ],
    ];
    for (const [what, answers, line, text, fix] of cases) {
        it(`prints the fix for ${what}`, async () => {
            const { status, printed } = await run({ ...complete, ...answers });
            assert.equal(status, 1);
            assert.deepEqual(printed, [...ok.slice(0, line + 3), text, fix, ...ok.slice(line + 4)]);
        });
    }

    it("requires no pools without dedicatedPools, and uses the stack's context", async () => {
        const existing = { dedicatedPools: false, context: "kind-shop" };
        const { status, contexts } = await run({ ...complete, nodes: "" }, ["local"], { existing });
        assert.deepEqual([status, contexts], [0, ["kind-shop"]]);
    });

    it("prints its usage, configuration errors and kubectl's errors", async () => {
        const usage = "usage: npm run preflight -- <stack>";
        assert.deepEqual((await run(complete, [])).printed, [usage]);
        const { status, printed } = await run(complete, ["local"], { domain: "x" });
        assert.equal(status, 1);
        assert.match(printed.join(), /^ecommerce-platform:domain: "x" is not valid/);
        const managed = await run(complete, ["dev"], { cloud: "gcp", gcp: { project: "shop-test-1234" } });
        assert.deepEqual([managed.status, managed.printed], [0, ["the quotas of dev"]]);
        const failing = await runFailing("spawn kubectl ENOENT");
        assert.deepEqual(failing, [1, ["spawn kubectl ENOENT"]]);
    });

    it("does not require metrics where the stack installs metrics-server", async () => {
        const existing = { context: "kind-shop", metricsServer: "install-insecure" };
        const { status, printed, requests } = await run({ ...complete, apiservice: undefined }, ["local"], {
            existing,
        });
        assert.deepEqual([status, printed], [0, ok]);
        assert.ok(!requests.flat().includes("apiservice"));
    });
});

describe("the preflight's check of which cluster it is", () => {
    it("reports a cluster that is down, and checks nothing else", async () => {
        assert.deepEqual(await runFailing("kubectl version: connection refused"), [
            1,
            [
                "failed   a cluster that answers: kubectl version: connection refused",
                "         start the cluster (minikube start; docker start kind-control-plane), or correct existing.context",
            ],
        ]);
    });

    it("reports a stack file without a context, with the current one", async () => {
        const { status, printed } = await run({ ...complete, config: "kind-other\n" }, ["local"], { existing: {} });
        assert.equal(status, 1);
        assert.deepEqual(printed.slice(1, 3), [
            "failed   a context in the stack file: existing.context is not set, so pulumi uses the current context, now kind-other",
            "         before the first pulumi up: pulumi config set --path existing.context kind-other",
        ]);
    });

    it("requires no context where the stack file has a kubeconfig", async () => {
        const { status, printed } = await run(complete, ["local"], { existing: { kubeconfig: "encrypted" } });
        assert.deepEqual([status, printed[1]], [0, "ok       the stack's own kubeconfig"]);
    });

    const identity = "7a1e4c52-0f6b-4d0e-9a53-2f1c6f3f8f11";

    it("accepts the cluster whose UID is the identity", async () => {
        const existing = { context: "kind-shop", identity };
        const { status, printed } = await run(complete, ["local"], { existing });
        assert.deepEqual([status, printed[2]], [0, `ok       cluster ${identity}`]);
    });

    it("reports another cluster under the same context", async () => {
        const other = "00000000-1111-4222-8333-444444444444";
        const existing = { context: "kind-shop", identity };
        const { status, printed } = await run({ ...complete, namespace: other }, ["local"], { existing });
        assert.equal(status, 1);
        assert.deepEqual(printed.slice(2, 4), [
            `failed   cluster ${identity}: this is cluster ${other}`,
            "         correct existing.context; if the cluster was created again: pulumi refresh, then set existing.identity to its UID and pulumi up",
        ]);
    });
});
