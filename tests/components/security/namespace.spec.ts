import * as assert from "node:assert/strict";

import { namespaces, type NamespaceName } from "../../../catalog/types";
import { podsIn } from "../../../components/layer";
import { namespaceQuota } from "../../../components/security/quota";
import type { Tier } from "../../../config/schema";
import { planStack, renderKubernetes } from "../../../tools/plan";
import { configOf, declaredOf } from "../layers";

function quota(tier: Tier, namespace: NamespaceName) {
    return namespaceQuota(namespace, podsIn(declaredOf(configOf("existing", tier)), namespace));
}

describe("namespaces (CL-20, AS-11, NW-05, SC-02)", () => {
    it("have a quota of all workloads' maximum replicas plus 20 %", () => {
        // user 12, product 20, order 15, inventory 16, notification 8: 71 pods of 500m and 1Gi, limits 2 and 2Gi.
        assert.deepEqual(quota("prod", "services"), {
            "requests.cpu": "42600m",
            "limits.cpu": "170400m",
            "requests.memory": "87245Mi",
            "limits.memory": "174490Mi",
            pods: "86",
            "services.loadbalancers": "0",
            "services.nodeports": "0",
        });
        assert.equal(quota("prod", "payment")["limits.cpu"], "19200m");
        assert.equal(quota("prod", "payment")["pods"], "10");
    });

    it("have a quota for one more pod where 20 % is less, so that rolling updates can start", () => {
        // One replica of 100m and 256Mi, limits 500m and 512Mi: two of each.
        assert.deepEqual(quota("dev", "payment"), {
            "requests.cpu": "200m",
            "limits.cpu": "1",
            "requests.memory": "512Mi",
            "limits.memory": "1Gi",
            pods: "2",
            "services.loadbalancers": "0",
            "services.nodeports": "0",
        });
    });

    it("allow a load balancer in the gateway's namespace only (NW-10)", () => {
        const allowed = namespaces.filter((namespace) => quota("prod", namespace)["services.loadbalancers"] !== "0");
        assert.deepEqual(allowed, ["ingress"]);
        assert.equal(quota("prod", "ingress")["services.loadbalancers"], "1");
    });

    it("are ten, each with default deny, Pod Security restricted at three levels, a quota and container defaults", async () => {
        const objects = renderKubernetes(await planStack({ stack: "prod", cloud: "existing" }));
        const found = objects.filter(({ kind }) => kind === "Namespace").map(({ name }) => name);
        assert.deepEqual([...found].sort(), [...namespaces].sort());
        for (const namespace of namespaces) {
            const inside = objects.filter((object) => object.namespace === namespace);
            const names = inside.map(({ kind, name }) => `${kind} ${name}`);
            for (const expected of [
                "NetworkPolicy default-deny",
                "NetworkPolicy allow-dns",
                "ResourceQuota quota",
                "LimitRange limits",
            ]) {
                assert.equal(names.filter((name) => name === expected).length, 1, `${namespace}: ${expected}`);
            }
            const deny = inside.find(({ name }) => name === "default-deny")?.manifest["spec"];
            assert.deepEqual(deny, { podSelector: {}, policyTypes: ["Ingress", "Egress"] });
            const labels = objects.find(({ kind, name }) => kind === "Namespace" && name === namespace)?.manifest[
                "metadata"
            ];
            for (const level of ["enforce", "audit", "warn"]) {
                const values = (labels as { labels: Record<string, string> }).labels;
                assert.equal(values[`pod-security.kubernetes.io/${level}`], "restricted");
                assert.equal(values[`pod-security.kubernetes.io/${level}-version`], "v1.36");
            }
        }
    });
});
