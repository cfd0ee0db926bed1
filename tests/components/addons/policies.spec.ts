import assert from "node:assert/strict";

import { type Cloud, cloudNames } from "../../../config/schema";
import { networkPolicyInputs } from "../../../tools/plan/review/golden/kubernetes/network-policy";
import type { PlannedResource } from "../../../tools/plan";
import { charts, policy } from "./stack";
import { configOf, inputs, one, platformPlan } from "../layers";

const dns = "kube-system/k8s-app=kube-dns:53";
const scrape = (port: number) => `monitoring/app.kubernetes.io/name=prometheus:${port}`;
const internet = "0.0.0.0/0 except 10.0.0.0/8,100.64.0.0/10,169.254.0.0/16,172.16.0.0/12,192.168.0.0/16";
const anywhere = "0.0.0.0/0 except 169.254.0.0/16";

const cases: Readonly<Record<Cloud, { api: readonly string[]; cloud: readonly string[]; callers: readonly string[] }>> =
    {
        gcp: {
            api: ["172.31.240.0/28:443", "10.48.0.1/32:443"],
            cloud: [`${internet}:443`, "169.254.169.254/32:80"],
            callers: ["kube-system/all", "172.31.240.0/28", "10.40.0.0/20"],
        },
        aws: {
            api: ["10.40.0.0/16:443", "172.20.0.1/32:443"],
            cloud: [`${internet}:443`, "10.40.0.0/16:443", "169.254.170.23/32:80"],
            callers: ["10.40.0.0/16"],
        },
        existing: { api: [`${anywhere}:443,6443,8443`], cloud: [`${internet}:443`], callers: ["anyone"] },
    };

/** A policy in the words of the golden plans. */
function facts(resources: readonly PlannedResource[], name: string): { ingress: string[]; egress: string[] } {
    return networkPolicyInputs(inputs(resources, policy, name)) as unknown as { ingress: string[]; egress: string[] };
}

describe("network policies of the add-ons (NW-05)", () => {
    for (const cloud of cloudNames) {
        it(`allow a controller the control plane and the cloud's APIs only on ${cloud}`, async () => {
            const resources = await platformPlan(configOf(cloud, "prod"));
            const { api, cloud: apis } = cases[cloud];
            const controller = facts(resources, "external-secrets-controller-policy");
            assert.deepEqual(controller.ingress, [scrape(8080)]);
            assert.deepEqual(controller.egress, [dns, ...api, ...apis]);
            const injector = facts(resources, "cert-manager-cainjector-policy");
            assert.deepEqual(injector, { ...injector, ingress: [scrape(9402)], egress: [dns, ...api] });
        });

        it(`allow the API server to call webhooks, and Prometheus only besides, on ${cloud}`, async () => {
            const resources = await platformPlan(configOf(cloud, "prod"));
            const { api, callers } = cases[cloud];
            const webhook = facts(resources, "cert-manager-webhook-policy");
            assert.deepEqual(webhook.ingress, [...callers.map((caller) => `${caller}:10250`), scrape(9402)]);
            assert.deepEqual(webhook.egress, [dns, ...api]);
        });
    }

    it("allow metrics-server every kubelet", async () => {
        const resources = await platformPlan(configOf("existing", "prod"));
        const { egress } = facts(resources, "metrics-server-controller-policy");
        assert.ok(egress.includes(`${anywhere}:10250`), egress.join(", "));
    });

    it("omit ingress without callers: the API server drops an empty list, which would show in each update", async () => {
        const resources = await platformPlan(configOf("gcp", "prod"));
        const { spec } = inputs(resources, policy, "cert-manager-startupapicheck-policy") as { spec: object };
        assert.ok(!("ingress" in spec));
    });

    it("use the stack's ranges", async () => {
        const network = { services: "10.96.0.0/12", controlPlane: "192.168.7.0/28" };
        const resources = await platformPlan(configOf("gcp", "dev", { network }));
        const { egress } = facts(resources, "reloader-controller-policy");
        assert.deepEqual(egress, [dns, "192.168.7.0/28:443", "10.96.0.1/32:443"]);
    });

    it("select the pods of one template each, in the chart's namespace", async () => {
        const resources = await platformPlan(configOf("aws", "prod"));
        for (const chart of charts.filter(({ clouds }) => clouds.includes("aws"))) {
            for (const [role, { labels }] of Object.entries(chart.pods)) {
                const name = `${chart.name}-${role.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
                const { inputs: own } = one(resources, policy, `${name}-policy`);
                const { metadata, spec } = own as {
                    metadata: { name: string; namespace: string };
                    spec: { podSelector: unknown; policyTypes: unknown };
                };
                assert.deepEqual([metadata.name, metadata.namespace], [name, chart.namespace]);
                assert.deepEqual(spec.podSelector, { matchLabels: labels });
                assert.deepEqual(spec.policyTypes, ["Ingress", "Egress"]);
            }
        }
    });
});
