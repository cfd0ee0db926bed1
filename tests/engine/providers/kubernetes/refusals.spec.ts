import assert from "node:assert/strict";
import { MemoryStore } from "../core/store";
import { createIn, targetOf } from "../core/testing";
import { merge, stringAt, type Bag } from "../core/value";
import {
    CONFIG_MAP,
    DEPLOYMENT,
    NAMESPACE,
    RELEASE,
    configMap,
    deploy,
    deployment,
    namespace,
    release,
    withNamespace,
} from "./fixtures";
import { Releases } from "./helm";
import { MemoryBackend } from "./memory";
import { KubernetesProvider } from "./provider";

describe("engine stand-ins: kubernetes refuses", () => {
    const tooLong = "a".repeat(64);
    const cases: readonly (readonly [what: string, object: Bag, message: string])[] = [
        ["a missing namespace", merge(configMap, { metadata: { namespace: "none" } }), 'namespaces "none" not found'],
        ["an unknown kind", { ...configMap, kind: "Shop" }, 'no matches for kind "Shop" in version "v1"'],
        [
            "an unknown field",
            { ...configMap, spec: {} },
            'ConfigMap in version "v1" cannot be handled as a ConfigMap: strict decoding error: unknown field "spec"',
        ],
        [
            "a name with capital letters",
            merge(configMap, { metadata: { name: "Settings" } }),
            'ConfigMap "Settings" is invalid: metadata.name: Invalid value: "Settings": a lowercase RFC 1123 subdomain must ' +
                "consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric " +
                "character (e.g. 'example.com', regex used for validation is " +
                "'[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
        ],
        [
            "a namespace name with a dot",
            merge(namespace, { metadata: { name: "shop.dev" } }),
            'Namespace "shop.dev" is invalid: metadata.name: Invalid value: "shop.dev": a lowercase RFC 1123 label must ' +
                "consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric " +
                "character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')",
        ],
        [
            "a namespace name longer than 63 characters",
            merge(namespace, { metadata: { name: tooLong } }),
            `Namespace "${tooLong}" is invalid: metadata.name: Invalid value: "${tooLong}": must be no more than 63 characters`,
        ],
        [
            "a VolumeSnapshotClass with an unknown deletion policy (ST-04)",
            {
                apiVersion: "snapshot.storage.k8s.io/v1",
                kind: "VolumeSnapshotClass",
                metadata: { name: "daily" },
                driver: "ebs.csi.aws.com",
                deletionPolicy: "Keep",
            },
            'VolumeSnapshotClass.snapshot.storage.k8s.io "daily" is invalid: deletionPolicy: Unsupported value: "Keep": ' +
                'supported values: "Delete", "Retain"',
        ],
        [
            "an object without a name",
            { ...configMap, metadata: { namespace: "shop" } },
            'ConfigMap "" is invalid: metadata.name: Required value: name or generateName is required',
        ],
        [
            "a namespace on a cluster-scoped object",
            merge(namespace, { metadata: { namespace: "shop" } }),
            'Namespace "shop" is invalid: metadata.namespace: Forbidden: not allowed on this type',
        ],
        [
            "a label value that is too long",
            merge(configMap, { metadata: { labels: { version: tooLong } } }),
            `ConfigMap "settings" is invalid: metadata.labels: Invalid value: "${tooLong}": must be no more than 63 characters`,
        ],
        [
            "a selector that does not match its template",
            deploy({ selector: { matchLabels: { "app.kubernetes.io/name": "other" } } }),
            'Deployment.apps "web" is invalid: spec.template.metadata.labels: Invalid value: ' +
                '{"app.kubernetes.io/name":"web"}: `selector` does not match template `labels`',
        ],
        [
            "a duplicate container name",
            deploy({
                template: {
                    spec: {
                        containers: [
                            { name: "a", image: "i" },
                            { name: "a", image: "i" },
                        ],
                    },
                },
            }),
            'Deployment.apps "web" is invalid: spec.template.spec.containers[1].name: Duplicate value: "a"',
        ],
        [
            "a container without an image",
            deploy({ template: { spec: { containers: [{ name: "a" }] } } }),
            'Deployment.apps "web" is invalid: spec.template.spec.containers[0].image: Required value',
        ],
        [
            "a mount of a missing volume",
            deploy({
                template: {
                    spec: { containers: [{ name: "a", image: "i", volumeMounts: [{ name: "tmp", mountPath: "/" }] }] },
                },
            }),
            'Deployment.apps "web" is invalid: spec.template.spec.containers[0].volumeMounts[0].name: Not found: "tmp"',
        ],
        [
            "two unnamed ports",
            {
                apiVersion: "v1",
                kind: "Service",
                metadata: { name: "web", namespace: "shop" },
                spec: { ports: [{ port: 80 }, { port: 81 }] },
            },
            'Service "web" is invalid: [spec.ports[0].name: Required value, spec.ports[1].name: Required value]',
        ],
        [
            "an autoscaler with a minimum above its maximum",
            {
                apiVersion: "autoscaling/v2",
                kind: "HorizontalPodAutoscaler",
                metadata: { name: "web", namespace: "shop" },
                spec: { minReplicas: 3, maxReplicas: 2, scaleTargetRef: { kind: "Deployment", name: "web" } },
            },
            'HorizontalPodAutoscaler.autoscaling "web" is invalid: spec.maxReplicas: Invalid value: 2: must be greater ' +
                "than or equal to `minReplicas`",
        ],
        [
            "a disruption budget with minAvailable and maxUnavailable",
            {
                apiVersion: "policy/v1",
                kind: "PodDisruptionBudget",
                metadata: { name: "web", namespace: "shop" },
                spec: { minAvailable: 1, maxUnavailable: 1 },
            },
            'PodDisruptionBudget.policy "web" is invalid: spec: Invalid value: {"minAvailable":1,"maxUnavailable":1}: ' +
                "minAvailable and maxUnavailable cannot be both set",
        ],
        [
            "a quota with an invalid quantity",
            {
                apiVersion: "v1",
                kind: "ResourceQuota",
                metadata: { name: "quota", namespace: "shop" },
                spec: { hard: { "requests.cpu": "four" } },
            },
            'ResourceQuota "quota" is invalid: spec.hard[requests.cpu]: Invalid value: "four": must be a quantity',
        ],
    ];
    for (const [what, object, message] of cases) {
        it(what, async () => {
            const target = targetOf(`kubernetes:core/v1:${stringAt(object, "kind") ?? ""}`, "it");
            await assert.rejects(createIn(await withNamespace(), target, object), { message });
        });
    }

    it("an object whose name exists", async () => {
        const provider = await withNamespace();
        await createIn(provider, CONFIG_MAP, configMap);
        await assert.rejects(createIn(provider, CONFIG_MAP, configMap), {
            message: 'configmaps "settings" already exists',
        });
    });

    it("no object whose name exists where the environment says so", async () => {
        const store = new MemoryStore();
        const create = async (env: Readonly<Record<string, string>>, data: Bag): Promise<Bag> => {
            const objects = new MemoryBackend(store, env);
            const { outputs } = await new KubernetesProvider("1.0.0", {
                objects,
                releases: new Releases(store),
            }).create(
                NAMESPACE,
                { ...namespace, metadata: { ...(namespace["metadata"] as Bag), annotations: data } },
                false,
            );
            return outputs;
        };
        await create({}, { by: "first" });
        const refusal = { message: 'namespaces "shop" already exists' };
        await assert.rejects(create({ PULUMI_K8S_UPSERT_EXISTING_OBJECTS: "false" }, { by: "second" }), refusal);
        const adopted = await create({ PULUMI_K8S_UPSERT_EXISTING_OBJECTS: "true" }, { by: "third" });
        assert.deepEqual((adopted["metadata"] as Bag)["annotations"], { by: "third" });
    });

    it("a custom kind until its chart or CustomResourceDefinition is installed", async () => {
        const certificate: Bag = {
            apiVersion: "cert-manager.io/v1",
            kind: "Certificate",
            metadata: { name: "shop", namespace: "shop" },
            spec: {},
        };
        const definition: Bag = {
            apiVersion: "apiextensions.k8s.io/v1",
            kind: "CustomResourceDefinition",
            metadata: { name: "certificates.cert-manager.io" },
        };
        const target = targetOf("kubernetes:cert-manager.io/v1:Certificate");
        const [byChart, byDefinition] = [await withNamespace(), await withNamespace()];
        for (const provider of [byChart, byDefinition]) {
            await assert.rejects(createIn(provider, target, certificate), {
                message:
                    'no matches for kind "Certificate" in version "cert-manager.io/v1"; ensure CRDs are installed first',
            });
        }
        await createIn(byChart, RELEASE, release);
        await createIn(byChart, target, certificate);
        await createIn(
            byDefinition,
            targetOf("kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition"),
            definition,
        );
        await createIn(byDefinition, target, certificate);
    });

    it("an update of an immutable field", async () => {
        const provider = await withNamespace();
        await createIn(provider, DEPLOYMENT, deployment);
        const relabelled = { "app.kubernetes.io/name": "other" };
        const changed = deploy({
            selector: { matchLabels: relabelled },
            template: { metadata: { labels: relabelled } },
        });
        await assert.rejects(provider.update(DEPLOYMENT, "shop/web", deployment, changed, false), {
            message: 'Deployment.apps "web" is invalid: spec.selector: field is immutable',
        });
    });
});
