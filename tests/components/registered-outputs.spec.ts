import assert from "node:assert/strict";

import * as pulumi from "@pulumi/pulumi";

import { trafficGraph } from "../../catalog/graph";
import { Headroom } from "../../components/capacity/headroom";
import { noDebuggingOfPayment } from "../../components/security/admission/object-rules";
import { AdmissionPolicy } from "../../components/security/admission/policy";
import { PodPolicies } from "../../components/security/pod-policies";
import { SecureNamespace } from "../../components/security/namespace";
import { Microservice } from "../../components/services/microservice";
import { Priorities } from "../../components/services/priorities";
import type { Reach } from "../../components/cluster/types";
import { configOf, planned } from "./layers";

type Register = (outputs: pulumi.Inputs) => void;

/** Outputs that a program's components register, by the component's class; the recorder does not keep them. */
async function registered(program: () => void): Promise<Record<string, unknown>> {
    const prototype = pulumi.ComponentResource.prototype as unknown as { registerOutputs: Register };
    const original = prototype.registerOutputs;
    const found: Record<string, unknown> = {};
    prototype.registerOutputs = function (this: pulumi.ComponentResource, outputs) {
        pulumi.output(outputs).apply((values: unknown) => {
            if (this.constructor.name !== "Stack") {
                found[this.constructor.name] = values;
            }
        });
        original.call(this, outputs);
    };
    try {
        await planned(program);
    } finally {
        prototype.registerOutputs = original;
    }
    return found;
}

const reach: Reach = { apiServer: [], cloud: [], identity: [], kubelets: [], webhookCallers: [] };
const context = { declared: { graph: trafficGraph({}, {}), stores: {} }, reach };

describe("the outputs that components show in Pulumi's state", () => {
    it("are a service's URL and whether its stand-in runs", async () => {
        const own = {
            description: "A service under test",
            namespace: "services",
            importance: "standard",
            scaling: { min: 2, max: 4 },
            calls: {},
        } as const;
        const workloads = { web: own };
        const args = { workload: "web", workloads, graph: trafficGraph(workloads, {}), stores: {} };
        const found = await registered(() => {
            const config = configOf("existing", "dev");
            const issuer = {
                group: "cert-manager.io",
                kind: "ClusterIssuer",
                name: pulumi.output("internal"),
            } as const;
            new Microservice("web", { ...args, config, issuer, namespace: "services", priorityClassName: "any" }, {});
        });
        assert.deepEqual(found, {
            Microservice: { url: "http://web.services.svc.cluster.local:8080", standIn: true },
        });
    });

    it("are the names of priority classes", async () => {
        assert.deepEqual(
            await registered(() => {
                new Priorities("priorities", {}, {});
            }),
            { Priorities: { names: { edge: "shop-edge", critical: "shop-critical", standard: "shop-standard" } } },
        );
        const placeholders = { count: 1, cpu: 1, memory: 2 ** 30 };
        assert.deepEqual(
            await registered(() => {
                new Headroom(
                    "headroom",
                    { placeholders, zones: 3, namespace: "monitoring", images: { mirror: undefined, pins: {} } },
                    {},
                );
            }),
            { Headroom: { priorityClassName: "shop-placeholder" } },
        );
    });

    it("is the name of an admission policy's binding", async () => {
        assert.deepEqual(
            await registered(() => {
                new AdmissionPolicy("debug", { rule: noDebuggingOfPayment }, {});
            }),
            { AdmissionPolicy: { bindingName: "ecommerce-platform-no-debugging-of-payment" } },
        );
    });

    it("are the names of namespaces", async () => {
        const { resources } = configOf("existing", "dev");
        assert.deepEqual(
            await registered(() => {
                new SecureNamespace("data", { ...context, namespace: "data", resources, quota: {}, pods: [] }, {});
            }),
            { SecureNamespace: { namespaceName: "data" }, PodPolicies: { namespaceName: "data" } },
        );
        assert.deepEqual(
            await registered(() => {
                new PodPolicies("system", { ...context, namespace: "kube-system", pods: [] }, {});
            }),
            { PodPolicies: { namespaceName: "kube-system" } },
        );
    });
});
