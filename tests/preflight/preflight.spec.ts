import assert from "node:assert/strict";

import type { Kubectl } from "../../tools/preflight/checks";
import { preflightCommand } from "../../tools/preflight/command";

/** Answers of a cluster by the thing that is asked for; undefined: there is no such thing. */
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
    const said: string[] = [];
    const asked: string[][] = [];
    const contexts: (string | undefined)[] = [];
    const kubectl: Kubectl = (request) => {
        asked.push([...request]);
        const key = request[0] === "get" ? (request[1] ?? "") : (request[0] ?? "");
        return Promise.resolve(answers[key]);
    };
    const status = await preflightCommand(args, {
        settings: () => ({ tier: "dev", cloud: "existing", domain: "shop.example.com", ...more }),
        kubectl: (context) => {
            contexts.push(context);
            return kubectl;
        },
        say: (line) => said.push(line),
    });
    return { status, said, asked, contexts };
}

const ok = [
    "ok       Kubernetes 1.34 or newer",
    "ok       a driver that makes volumes: rancher.io/local-path",
    "ok       the metrics API, which autoscalers read",
    "ok       the Gateway API's definitions",
    "ok       nodes of every pool that a pod asks for",
];

describe("the preflight of somebody else's cluster", () => {
    it("is silent about what is there, and asks without changing anything", async () => {
        const { status, said, asked, contexts } = await run(complete);
        assert.deepEqual([status, said, contexts], [0, ok, [undefined]]);
        assert.ok(asked.every(([verb]) => verb === "get" || verb === "version"));
    });

    const cases: readonly (readonly [what: string, answers: Answers, line: number, text: string, remedy: string])[] = [
        [
            "an old server",
            { version: '{"serverVersion":{"major":"1","minor":"30+"}}' },
            0,
            "missing  Kubernetes 1.34 or newer: it is 1.30+",
            "         upgrade the cluster",
        ],
        [
            "no server",
            { version: "{}" },
            0,
            "missing  Kubernetes 1.34 or newer: the server does not say its version",
            "         check the kubeconfig and the context",
        ],
        [
            "another driver",
            { storageclasses: "k8s.io/minikube-hostpath" },
            1,
            "missing  a driver that makes volumes: rancher.io/local-path: there are k8s.io/minikube-hostpath",
            "         install the driver, or set existing.storageProvisioner to one that is there",
        ],
        [
            "no driver",
            { storageclasses: "" },
            1,
            "missing  a driver that makes volumes: rancher.io/local-path: there is none",
            "         install the driver, or set existing.storageProvisioner to one that is there",
        ],
        [
            "no metrics",
            { apiservice: undefined },
            2,
            "missing  the metrics API, which autoscalers read: there is none",
            "         install metrics-server (minikube addons enable metrics-server; on kind its Helm chart)",
        ],
        [
            "metrics that do not answer",
            { apiservice: "False" },
            2,
            "missing  the metrics API, which autoscalers read: it does not answer",
            "         install metrics-server (minikube addons enable metrics-server; on kind its Helm chart)",
        ],
        [
            "no Gateway API",
            { customresourcedefinitions: "gateways.gateway.networking.k8s.io" },
            3,
            "missing  the Gateway API's definitions: there is no gatewayclasses, httproutes",
            "         apply the standard channel of a release of kubernetes-sigs/gateway-api",
        ],
        [
            "no payment nodes",
            { nodes: "app" },
            4,
            "missing  nodes of every pool that a pod asks for: no node has workload=payment",
            "         label nodes workload=<pool> and taint them, or set existing.dedicatedPools to false",
        ],
    ];
    for (const [what, answers, line, text, remedy] of cases) {
        it(`says what to do about ${what}`, async () => {
            const { status, said } = await run({ ...complete, ...answers });
            assert.equal(status, 1);
            assert.deepEqual(said, [...ok.slice(0, line), text, remedy, ...ok.slice(line + 1)]);
        });
    }

    it("asks for no pools where none is dedicated, and asks the context that the stack names", async () => {
        const existing = { dedicatedPools: false, context: "kind-shop" };
        const { status, contexts } = await run({ ...complete, nodes: "" }, ["local"], { existing });
        assert.deepEqual([status, contexts], [0, ["kind-shop"]]);
    });

    it("says how it is used, what is wrong with the stack file, and what kubectl says", async () => {
        const usage = "usage: npm run preflight -- <stack>, the name of a Pulumi.<stack>.yaml whose cloud is existing";
        assert.deepEqual((await run(complete, [])).said, [usage]);
        const { status, said } = await run(complete, ["local"], { domain: "x" });
        assert.equal(status, 1);
        assert.match(said.join(), /^ecommerce-platform:domain: "x" is not valid/);
        const elsewhere = await run(complete, ["dev"], { cloud: "gcp", gcp: { project: "shop-test-1234" } });
        assert.equal(elsewhere.status, 1);
        assert.deepEqual(elsewhere.said, [`dev is on gcp, where the program makes the cluster itself; ${usage}`]);
        const failing = await preflightCommand(["local"], {
            settings: () => ({ tier: "dev", cloud: "existing", domain: "shop.example.com" }),
            kubectl: () => () => Promise.reject(new Error("kubectl version: connection refused")),
            say: (line) => {
                assert.equal(line, "kubectl version: connection refused");
            },
        });
        assert.equal(failing, 1);
    });
});
