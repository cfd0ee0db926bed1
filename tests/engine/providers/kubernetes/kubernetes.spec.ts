import assert from "node:assert/strict";
import { createIn, targetOf } from "../core/testing";
import { Unknown, merge, stringAt, type Bag } from "../core/value";
import {
    CONFIG_MAP,
    DEPLOYMENT,
    NAMESPACE,
    RELEASE,
    configMap,
    deployment,
    fresh,
    kubeconfig,
    namespace,
    release,
    withNamespace,
} from "./fixtures";

type Fresh = ReturnType<typeof fresh>;
const GKE = "gcp:container/cluster:Cluster projects/p/locations/l/clusters/shop";
const RECOMMENDER = targetOf("kubernetes:autoscaling.k8s.io/v1:VerticalPodAutoscaler", "web-recommender");
const recommender = {
    apiVersion: "autoscaling.k8s.io/v1",
    kind: "VerticalPodAutoscaler",
    metadata: { name: "web", namespace: "shop" },
    spec: {
        targetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "web" },
        updatePolicy: { updateMode: "Off" },
    },
};

describe("engine stand-ins: kubernetes", () => {
    it("stores objects with the server's defaults and status", async () => {
        const provider = await withNamespace();
        const live = await createIn(provider, DEPLOYMENT, deployment);
        assert.equal(live["id"], "shop/web");
        assert.match(stringAt(live, "metadata.uid") ?? "", /^[0-9a-f-]{36}$/);
        assert.deepEqual((live["status"] as Bag)["readyReplicas"], 1);
        const read = await provider.read(DEPLOYMENT, "shop/web", deployment);
        assert.deepEqual(read?.inputs, deployment);
    });

    it("reads back inputs with external edits and without defaults", async () => {
        const { provider, store } = fresh();
        await createIn(provider, NAMESPACE, namespace);
        await createIn(provider, CONFIG_MAP, configMap);
        const [, entry] = await store.list("kubernetes");
        assert.ok(entry);
        await store.put("kubernetes", entry.key, merge(entry.value, { data: { a: "edited" } }));
        const read = await provider.read(CONFIG_MAP, "shop/settings", configMap);
        assert.deepEqual(read?.inputs, merge(configMap, { data: { a: "edited" } }));
    });

    it("deletes the objects and releases of a deleted namespace", async () => {
        const { provider, store } = fresh();
        await createIn(provider, NAMESPACE, namespace);
        await createIn(provider, CONFIG_MAP, configMap);
        await createIn(provider, RELEASE, release);
        await provider.delete(NAMESPACE, "shop", namespace);
        assert.deepEqual(store.remaining(), []);
        await provider.delete(CONFIG_MAP, "shop/settings", configMap);
    });

    it("marks the data of a Secret as secret and moves stringData to data", async () => {
        const provider = await withNamespace();
        const secret = { apiVersion: "v1", kind: "Secret", metadata: { name: "db", namespace: "shop" } };
        const target = targetOf("kubernetes:core/v1:Secret", "db");
        const state = await provider.create(target, { ...secret, stringData: { password: "hush" } }, false);
        assert.deepEqual(state.secretOutputs, ["data", "stringData"]);
        assert.deepEqual(state.outputs["data"], { password: Buffer.from("hush").toString("base64") });
        assert.equal(state.outputs["stringData"], undefined);
    });

    it("previews objects with unknown values and stores nothing", async () => {
        const { provider, store } = fresh();
        await createIn(provider, CONFIG_MAP, { ...configMap, data: Unknown.value }, true);
        await createIn(provider, DEPLOYMENT, merge(deployment, { metadata: { namespace: Unknown.value } }), true);
        assert.deepEqual(store.remaining(), []);
    });

    it("replaces on changes of immutable fields, and deletes first when the name is unchanged", () => {
        const { provider } = fresh();
        const replaced = (target: typeof DEPLOYMENT, path: string): readonly string[] =>
            provider.replaces(target, [{ path, kind: "update" }]);
        assert.deepEqual(replaced(DEPLOYMENT, "spec.selector.matchLabels.app"), ["spec.selector"]);
        assert.deepEqual(replaced(DEPLOYMENT, "spec.replicas"), []);
        assert.deepEqual(replaced(CONFIG_MAP, "data.a"), ["data"]);
        assert.deepEqual(replaced(NAMESPACE, "metadata.name"), ["metadata.name"]);
        assert.equal(provider.deleteBeforeReplace(DEPLOYMENT, deployment, deployment), true);
        const moved = merge(deployment, { metadata: { name: "other" } });
        assert.equal(provider.deleteBeforeReplace(DEPLOYMENT, deployment, moved), false);
    });

    it("updates ConfigMaps in place with enableConfigMapMutable", async () => {
        const { provider } = fresh();
        await provider.configure({ enableConfigMapMutable: "true" });
        assert.deepEqual(provider.replaces(CONFIG_MAP, [{ path: "data.a", kind: "update" }]), []);
    });

    it("replaces everything for a kubeconfig with another server, and nothing for a renewed one", () => {
        const { provider } = fresh();
        const [first, second] = ["https://a.invalid", "https://b.invalid"].map((server) => ({
            kubeconfig: kubeconfig(server),
        }));
        assert.ok(first && second);
        assert.deepEqual(provider.configReplaces(first, { kubeconfig: `${first.kubeconfig}\n` }), []);
        assert.deepEqual(provider.configReplaces(first, second), ["kubeconfig"]);
        assert.deepEqual(
            provider.configReplaces({ ...first, clusterIdentifier: "a" }, { ...second, clusterIdentifier: "a" }),
            [],
        );
        assert.deepEqual(
            provider.configReplaces({ ...first, clusterIdentifier: "a" }, { ...first, clusterIdentifier: "b" }),
            ["clusterIdentifier"],
        );
        assert.deepEqual(provider.configReplaces(first, { ...first, clusterIdentifier: "a" }), []);
        assert.deepEqual(provider.configReplaces(first, { kubeconfig: "", clusterIdentifier: "a" }), []);
        assert.deepEqual(provider.configReplaces(first, { ...second, clusterIdentifier: "a" }), ["kubeconfig"]);
        assert.deepEqual(provider.configReplaces(first, { kubeconfig: Unknown.value }), ["kubeconfig"]);
        assert.deepEqual(provider.checkConfig(first), []);
        assert.deepEqual(provider.checkConfig({ kubeconfig: Unknown.value }), []);
        assert.deepEqual(provider.checkConfig({ kubeconfig: "" }), []);
    });

    for (const [what, given, reason] of [
        ["text that is not YAML", "{", "failed to parse kubeconfig: neither a YAML object nor the path of a YAML file"],
        [
            "a kubeconfig without a context",
            "clusters: []",
            "kubeconfig has no current-context and the provider sets no context",
        ],
        ["a missing context", "current-context: shop", 'context "shop" does not exist'],
        [
            "a context without a cluster",
            "current-context: shop\ncontexts: [{name: shop, context: {cluster: none}}]",
            'context "shop" has no cluster with a server',
        ],
    ] as const) {
        it(`refuses ${what}`, () => {
            assert.deepEqual(fresh().provider.checkConfig({ kubeconfig: given }), [{ property: "kubeconfig", reason }]);
        });
    }

    it("installs a release and refuses a second one with the same name", async () => {
        const provider = await withNamespace();
        const state = await createIn(provider, RELEASE, release);
        assert.equal((state["status"] as Bag)["status"], "deployed");
        await assert.rejects(createIn(provider, RELEASE, release), {
            message: "cannot re-use a name that is still in use",
        });
    });

    for (const [what, change, reason] of [
        ["without a chart", { chart: null }, "chart is required"],
        [
            "without a name",
            { name: null },
            "name is required: a generated release name changes the names of its objects",
        ],
        ["without a version", { version: null }, 'version must be an exact version, not ""'],
        ["with a version range", { version: "^1.2.0" }, 'version must be an exact version, not "^1.2.0"'],
        [
            "without a repository",
            { repositoryOpts: null },
            "repo is required unless the chart is an oci:// address or a path",
        ],
        ["in a missing namespace", { namespace: "other" }, 'namespaces "other" not found'],
    ] as const) {
        it(`refuses a release ${what}`, async () => {
            await assert.rejects(createIn(await withNamespace(), RELEASE, { ...release, ...change }), {
                message: reason,
            });
        });
    }

    for (const [what, values] of [
        ["aws-load-balancer-controller", { enableCertManager: true }],
        ["vertical-pod-autoscaler", { admissionController: { certManager: { enabled: true } } }],
        ["metrics-server", { tls: { type: "cert-manager" } }],
        ["keda", { certificates: { certManager: { enabled: true } } }],
    ] as const) {
        it(`refuses ${what} with Certificates before cert-manager is ready`, async () => {
            const provider = await withNamespace();
            const other = { ...release, name: what, chart: what, values };
            await assert.rejects(createIn(provider, RELEASE, other), {
                message:
                    'no matches for kind "Certificate" in version "cert-manager.io/v1"; ensure CRDs are installed first',
            });
            await createIn(provider, RELEASE, release);
            const state = await createIn(provider, RELEASE, other);
            assert.equal((state["status"] as Bag)["chart"], what);
        });
    }

    for (const [what, prepare] of [
        [
            "the chart",
            ({ provider }: Fresh) =>
                createIn(provider, RELEASE, { ...release, name: "vpa", chart: "vertical-pod-autoscaler" }),
        ],
        ["GKE", ({ store }: Fresh) => store.put("gcp", GKE, { inputs: { verticalPodAutoscaling: { enabled: true } } })],
    ] as const) {
        it(`serves VerticalPodAutoscalers when ${what} installs their kind, and refuses them before`, async () => {
            const stack = fresh();
            await createIn(stack.provider, NAMESPACE, namespace);
            await stack.store.put("gcp", GKE, { inputs: { verticalPodAutoscaling: { enabled: false } } });
            await assert.rejects(createIn(stack.provider, RECOMMENDER, recommender), {
                message:
                    'no matches for kind "VerticalPodAutoscaler" in version "autoscaling.k8s.io/v1"; ' +
                    "ensure CRDs are installed first",
            });
            await prepare(stack);
            assert.equal((await createIn(stack.provider, RECOMMENDER, recommender))["id"], "shop/web");
        });
    }

    it("refuses functions", async () => {
        await assert.rejects(fresh().provider.invoke("kubernetes:yaml:decode"), {
            message: "kubernetes:yaml:decode: the kubernetes stand-in does not support this function",
        });
    });
});
