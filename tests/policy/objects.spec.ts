import * as assert from "node:assert/strict";
import { evaluate, type PolicyResource, type Violation } from "../../policy/evaluate";
import { goodPod, kinds, resource, resourceOf, wrap, type Json } from "./fixtures";

const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const labelPrefix = "pod-security.kubernetes.io/";

function judge(one: PolicyResource, config: Record<string, unknown> = {}): readonly Violation[] {
    return evaluate([one], { tier: "prod", config }).violations;
}

function broken(one: PolicyResource, config?: Record<string, unknown>): string[] {
    return judge(one, config).map(({ policy }) => policy);
}

function service(spec: unknown, type = "kubernetes:core/v1:Service"): PolicyResource {
    return resource(type, { metadata: { name: "web", namespace: "shop" }, spec });
}

function namespace(labels: Json, type = "kubernetes:core/v1:Namespace"): PolicyResource {
    const prefixed = Object.entries(labels).map(([mode, level]) => [`${labelPrefix}${mode}`, level] as const);
    return resource(type, { metadata: { name: "shop", labels: Object.fromEntries(prefixed) } });
}

function role(rule: Json, kind = "ClusterRole"): PolicyResource {
    const rules = [{ apiGroups: [""], resources: ["pods"], verbs: ["get"], ...rule }];
    return resource(`kubernetes:rbac.authorization.k8s.io/v1:${kind}`, { metadata: { namespace: "shop" }, rules });
}

describe("policies about Services (PO-01)", () => {
    it("accept a ClusterIP", () => {
        for (const spec of [{}, { type: "ClusterIP", ports: [{ port: 80 }] }, { externalIPs: [] }, null]) {
            assert.deepEqual(broken(service(spec)), []);
        }
    });

    const rows: readonly (readonly [policy: string, spec: Json, path: string])[] = [
        ["forbid-load-balancer-services", { type: "LoadBalancer" }, "spec.type"],
        ["forbid-node-ports", { type: "NodePort" }, "spec.type"],
        ["forbid-node-ports", { ports: [{ port: 80 }, { port: 81, nodePort: 30081 }] }, "spec.ports[1].nodePort"],
        ["forbid-external-ips", { externalIPs: ["203.0.113.7"] }, "spec.externalIPs"],
    ];

    for (const [policy, spec, path] of rows) {
        it(`${policy}: ${JSON.stringify(spec)}, as an object, in a patch and in a list`, () => {
            const [found, ...others] = judge(service(spec));
            assert.deepEqual([found?.policy, found?.level, others], [policy, "mandatory", []]);
            assert.ok(found?.message.startsWith(`Service "web": ${path} `), found?.message);
            assert.ok(found?.message.includes("203.0.113.7") === false);
            assert.deepEqual(broken(service(spec, "kubernetes:core/v1:ServicePatch")), [policy]);
            const items = [service({}), service(spec)].map(({ props }) => props);
            const [listed] = judge(resource("kubernetes:core/v1:ServiceList", { items }));
            assert.ok(listed?.message.includes(`items[1].${path} `), listed?.message);
        });
    }

    it("reject unknown values", () => {
        assert.deepEqual(broken(service({ type: unknownValue })), [
            "forbid-load-balancer-services",
            "forbid-node-ports",
        ]);
        assert.deepEqual(broken(service({ ports: unknownValue })), ["forbid-node-ports"]);
        assert.deepEqual(broken(service({ ports: [unknownValue] })), ["forbid-node-ports"]);
        assert.deepEqual(broken(service({ externalIPs: unknownValue })), ["forbid-external-ips"]);
    });

    it("reject unknown lists and list items", () => {
        const type = "kubernetes:core/v1:ServiceList";
        const policies = ["forbid-load-balancer-services", "forbid-node-ports", "forbid-external-ips"];
        assert.deepEqual(broken(resource(type, { items: unknownValue })), policies);
        assert.deepEqual(broken(resource(type, { items: [unknownValue, null, service({}).props] })), policies);
        assert.deepEqual(broken(resource(type, {})), []);
    });

    it("accept a load balancer on the allow list", () => {
        const config = { "forbid-load-balancer-services": { allow: ["shop/web"] } };
        assert.deepEqual(broken(service({ type: "LoadBalancer" }), config), []);
        const other = { "forbid-load-balancer-services": { allow: ["edge/web"] } };
        assert.deepEqual(broken(service({ type: "LoadBalancer" }), other), ["forbid-load-balancer-services"]);
        const props = { metadata: { name: "web", namespace: unknownValue }, spec: { type: "LoadBalancer" } };
        const both = { "forbid-load-balancer-services": { allow: ["shop/web", "default/web"] } };
        assert.deepEqual(broken(resource("kubernetes:core/v1:Service", props), both), [
            "forbid-load-balancer-services",
        ]);
    });
});

describe("policies about Namespaces (SC-02)", () => {
    const policy = "require-pod-security-labels";
    const good = { enforce: "restricted", audit: "restricted", warn: "restricted" };

    it("accept restricted in every mode", () => {
        assert.deepEqual(broken(namespace(good)), []);
    });

    for (const mode of Object.keys(good)) {
        for (const level of ["baseline", "Restricted", "", null, undefined, unknownValue]) {
            it(`reject ${mode} = ${String(level)}`, () => {
                const [found, ...others] = judge(namespace({ ...good, [mode]: level }));
                assert.deepEqual([found?.policy, others], [policy, []]);
                assert.ok(found?.message.includes(`metadata.labels["${labelPrefix}${mode}"] is`), found?.message);
            });
        }
    }

    it("reject a Namespace without labels, once for each mode", () => {
        const bare = resource("kubernetes:core/v1:Namespace", { metadata: { name: "shop" } });
        assert.deepEqual(broken(bare), [policy, policy, policy]);
    });

    it("check only what a patch sets", () => {
        const type = "kubernetes:core/v1:NamespacePatch";
        assert.deepEqual(broken(namespace({}, type)), []);
        assert.deepEqual(broken(namespace({ enforce: "privileged" }, type)), [policy]);
    });

    it("allow a lenient Namespace any level, but require one", () => {
        const config = { [policy]: { lenient: ["shop"] } };
        assert.deepEqual(broken(namespace({ ...good, enforce: "privileged" }), config), []);
        assert.deepEqual(broken(namespace({ ...good, enforce: "none" }), config), [policy]);
        assert.deepEqual(broken(namespace({ enforce: "privileged", audit: "restricted" }), config), [policy]);
    });
});

describe("policies about permissions (SC-04)", () => {
    for (const kind of ["Role", "ClusterRole", "RolePatch"]) {
        it(`accept a ${kind} without wildcards`, () => {
            assert.deepEqual(broken(role({}, kind)), []);
        });

        for (const field of ["verbs", "resources", "apiGroups", "nonResourceURLs"]) {
            it(`reject a ${kind} with a wildcard in ${field}`, () => {
                const [found, ...others] = judge(role({ [field]: ["a", "*"] }, kind));
                assert.deepEqual([found?.policy, others], ["forbid-wildcard-permissions", []]);
                assert.ok(found?.message.includes(`rules[0].${field}[1] is a wildcard`), found?.message);
                assert.deepEqual(broken(role({ [field]: unknownValue }, kind)), ["forbid-wildcard-permissions"]);
            });
        }
    }
});

describe("policy about the default namespace (PO-01)", () => {
    const policy = "forbid-default-namespace";

    it("applies to every kind that contains pods", () => {
        for (const kind of kinds) {
            const one = resourceOf(kind, goodPod());
            for (const namespace of ["default", "", null, undefined]) {
                one.props["metadata"] = { namespace };
                assert.deepEqual(broken(one), [policy], kind.kind);
            }
            one.props["metadata"] = { namespace: unknownValue };
            assert.deepEqual(broken(one), [], kind.kind);
        }
    });

    it("applies to other namespaced kinds, and not to cluster-scoped ones", () => {
        assert.deepEqual(broken(resource("kubernetes:core/v1:ConfigMap", {})), [policy]);
        assert.deepEqual(broken(resource("kubernetes:networking.k8s.io/v1:NetworkPolicy", {})), [policy]);
        assert.deepEqual(broken(resource("kubernetes:storage.k8s.io/v1:StorageClass", {})), []);
        assert.deepEqual(broken(resource("kubernetes:core/v1:ConfigMap", wrap([], {}))), []);
    });
});
