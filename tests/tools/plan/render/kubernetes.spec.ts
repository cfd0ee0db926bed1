import assert from "node:assert/strict";

import { renderKubernetes, type PlannedResource, type RenderedObject } from "../../../../tools/plan";
import { resource } from "../resource";

function render(...resources: PlannedResource[]): RenderedObject[] {
    return renderKubernetes({ resources });
}

function paths(...resources: PlannedResource[]): string[] {
    return render(...resources).map(({ file }) => file.path);
}

describe("Kubernetes renderer", () => {
    it("takes apiVersion and kind from the type where the inputs do not say them", () => {
        const cases = [
            ["kubernetes:core/v1:Service", "v1", "Service"],
            ["kubernetes:apps/v1:Deployment", "apps/v1", "Deployment"],
            ["kubernetes:networking.k8s.io/v1:NetworkPolicy", "networking.k8s.io/v1", "NetworkPolicy"],
            ["kubernetes:rbac.authorization.k8s.io/v1:ClusterRole", "rbac.authorization.k8s.io/v1", "ClusterRole"],
        ] as const;
        for (const [type, apiVersion, kind] of cases) {
            const [object] = render(resource(type, "a", { metadata: { name: "a" } }));
            assert.deepEqual([object?.apiVersion, object?.kind], [apiVersion, kind]);
        }
    });

    it("takes a custom resource's own apiVersion and kind", () => {
        const inputs = { apiVersion: "gateway.networking.k8s.io/v1", kind: "Gateway", metadata: { name: "g" } };
        const [object] = render(resource("kubernetes:gateway.networking.k8s.io/v1:Gateway", "g", inputs));
        assert.equal(object?.apiVersion, "gateway.networking.k8s.io/v1");
        assert.equal(object.kind, "Gateway");
        assert.equal(object.namespace, undefined);
    });

    it("puts each object in its namespace's folder, and those of none in _cluster", () => {
        const metadata = (name: string, namespace?: string) => ({
            metadata: { name, ...(namespace === undefined ? {} : { namespace }) },
        });
        assert.deepEqual(
            paths(
                resource("kubernetes:core/v1:Service", "s", metadata("user", "services")),
                resource("kubernetes:core/v1:ConfigMap", "c", metadata("lost")),
                resource("kubernetes:core/v1:Namespace", "n", metadata("services")),
                resource("kubernetes:rbac.authorization.k8s.io/v1:ClusterRole", "r", metadata("system:reader")),
                resource("kubernetes:core/v1:ConfigMap", "u", metadata("later", "[unknown]")),
            ),
            [
                "kubernetes/_cluster/clusterrole-system_reader.yaml",
                "kubernetes/_cluster/namespace-services.yaml",
                "kubernetes/_unknown/configmap-later.yaml",
                "kubernetes/default/configmap-lost.yaml",
                "kubernetes/services/service-user.yaml",
            ],
        );
    });

    it("writes apiVersion, kind, metadata and spec first, whatever the order of the inputs", () => {
        const [object] = render(
            resource("kubernetes:apps/v1:Deployment", "a", {
                apiVersion: "apps/v1",
                automount: true,
                kind: "Deployment",
                metadata: { labels: { b: "1" }, name: "a", namespace: "n" },
                spec: { replicas: 1 },
                status: { replicas: 0 },
                zone: "z",
            }),
        );
        assert.equal(
            object?.file.text,
            `apiVersion: apps/v1
kind: Deployment
metadata:
  name: a
  namespace: "n"
  labels:
    b: "1"
spec:
  replicas: 1
automount: true
zone: z
`,
        );
    });

    it("drops empty fields of built-in kinds, but not those that select everything", () => {
        const [object] = render(
            resource("kubernetes:networking.k8s.io/v1:NetworkPolicy", "a", {
                metadata: { name: "a", namespace: "n", labels: {}, annotations: { a: "" } },
                spec: {
                    podSelector: {},
                    egress: [],
                    ingress: [{}],
                    policyTypes: null,
                    extra: { deep: { deeper: [] } },
                },
            }),
        );
        assert.deepEqual(object?.manifest, {
            apiVersion: "networking.k8s.io/v1",
            kind: "NetworkPolicy",
            metadata: { name: "a", namespace: "n", annotations: { a: "" } },
            spec: { podSelector: {}, egress: [], ingress: [{}] },
        });
    });

    it("leaves custom resources as they are: an empty field may switch something on", () => {
        const spec = { entityOperator: { topicOperator: {} }, superUsers: [] };
        const inputs = {
            apiVersion: "kafka.strimzi.io/v1",
            kind: "Kafka",
            metadata: { name: "k", namespace: "m" },
            spec,
        };
        const [object] = render(resource("kubernetes:kafka.strimzi.io/v1:Kafka", "k", inputs));
        assert.deepEqual(object?.manifest["spec"], spec);
    });

    it("writes the markers of a Secret's data in base64, so that an API server takes the file", () => {
        const metadata = { name: "s", namespace: "n" };
        const [object] = render(
            resource("kubernetes:core/v1:Secret", "s", {
                metadata,
                data: { a: "[secret]", b: "[unknown]" },
                type: "Opaque",
            }),
        );
        assert.deepEqual(object?.manifest["data"], { a: "W3NlY3JldF0=", b: "W3Vua25vd25d" });
    });

    it("says which fields only an update tells, and leaves them out", () => {
        const metadata = { name: "s", namespace: "n" };
        const [object] = render(resource("kubernetes:core/v1:Secret", "s", { metadata, data: "[unknown]" }));
        assert.deepEqual(object?.unknownFields, ["data"]);
        assert.match(object.file.text, /^# data: known only after an update\napiVersion: v1\n/);
        assert.ok(!("data" in object.manifest));
    });

    it("makes one object of each item of a list, and marks patches", () => {
        const item = (name: string) => ({ metadata: { name, namespace: "n" } });
        assert.deepEqual(
            paths(
                resource("kubernetes:core/v1:ConfigMapList", "l", { items: [item("one"), item("two")] }),
                resource("kubernetes:core/v1:ServiceAccountPatch", "p", item("default")),
            ),
            [
                "kubernetes/n/configmap-one.yaml",
                "kubernetes/n/configmap-two.yaml",
                "kubernetes/n/serviceaccountpatch-default.yaml",
            ],
        );
    });

    it("tells kinds of one name in two API groups apart", () => {
        const inputs = (apiVersion: string) => ({
            apiVersion,
            kind: "Cluster",
            metadata: { name: "a", namespace: "n" },
        });
        assert.deepEqual(
            paths(
                resource("kubernetes:one.io/v1:Cluster", "a", inputs("one.io/v1")),
                resource("kubernetes:two.io/v1:Cluster", "a", inputs("two.io/v1")),
            ),
            ["kubernetes/n/cluster-a.yaml", "kubernetes/n/cluster.two.io-a.yaml"],
        );
    });

    it("refuses two resources that make the same object", () => {
        const inputs = { metadata: { name: "a", namespace: "n" } };
        assert.throws(
            () =>
                render(
                    resource("kubernetes:core/v1:ConfigMap", "one", inputs),
                    resource("kubernetes:core/v1:ConfigMap", "two", inputs),
                ),
            {
                message:
                    "Two resources create the same Kubernetes object, ConfigMap a in n: " +
                    "urn:pulumi:test::shop::kubernetes:core/v1:ConfigMap::one and " +
                    "urn:pulumi:test::shop::kubernetes:core/v1:ConfigMap::two",
            },
        );
    });

    it("passes over everything that is no object of the API", () => {
        const read = resource(
            "kubernetes:core/v1:Namespace",
            "default",
            { metadata: { name: "d" } },
            { read: "default" },
        );
        const component = { ...resource("kubernetes:core/v1:Pod", "c", {}), custom: false };
        assert.deepEqual(
            render(
                resource("gcp:container/cluster:Cluster", "g", { name: "g" }),
                resource("pulumi:providers:kubernetes", "p", {}),
                resource("kubernetes:helm.sh/v3:Release", "h", { chart: "c" }),
                resource("kubernetes:yaml/v2:ConfigGroup", "y", {}),
                read,
                component,
            ),
            [],
        );
    });
});
