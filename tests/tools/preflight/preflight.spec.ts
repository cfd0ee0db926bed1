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
        settings: () => ({ tier: "dev", cloud: "existing", domain: "shop.example.com", ...more }),
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

const ok = [
    "ok       Kubernetes 1.34 or newer",
    "ok       volume provisioner rancher.io/local-path",
    "ok       metrics API (metrics.k8s.io) for autoscalers",
    "ok       Gateway API CRDs",
    "ok       nodes for every pool that pods select",
];

describe("the preflight of an existing cluster", () => {
    it("passes a complete cluster with read-only requests", async () => {
        const { status, printed, requests, contexts } = await run(complete);
        assert.deepEqual([status, printed, contexts], [0, ok, [undefined]]);
        assert.deepEqual(
            requests.map((request) => request.join(" ")),
            [
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
            assert.deepEqual(printed, [...ok.slice(0, line), text, fix, ...ok.slice(line + 1)]);
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
        const lines: string[] = [];
        const failing = await preflightCommand(["local"], {
            settings: () => ({ tier: "dev", cloud: "existing", domain: "shop.example.com" }),
            kubectl: () => () => Promise.reject(new Error("kubectl version: connection refused")),
            aws: () => Promise.reject(new Error("no AWS account is asked")),
            print: (line) => lines.push(line),
        });
        assert.deepEqual([failing, lines], [1, ["kubectl version: connection refused"]]);
    });
});
