import * as assert from "node:assert/strict";
import { evaluate, type PolicyResource } from "../../policy/evaluate";
import { goodContainer, goodPod, kinds, put, resource, resourceOf, wrap, type Json } from "./fixtures";

const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const deployment = kinds.find(({ kind }) => kind === "Deployment")!;

function policiesBroken(one: PolicyResource, config: Record<string, unknown> = {}): string[] {
    // The fixtures here have no namespace; objects.spec.ts tests it.
    const settings = { "forbid-default-namespace": "disabled", ...config };
    return evaluate([one], { tier: "prod", config: settings }).violations.map(({ policy }) => policy);
}

function onHostNetwork(): Json {
    return { ...goodPod(), hostNetwork: true };
}

describe("pods in every API group and version (SC-01)", () => {
    const template = { spec: { template: { spec: onHostNetwork() } } };
    const types: readonly (readonly [type: string, props: Json])[] = [
        ["kubernetes:apps/v1beta1:Deployment", template],
        ["kubernetes:apps/v1beta2:StatefulSet", template],
        ["kubernetes:extensions/v1beta1:DaemonSet", template],
        ["kubernetes:extensions/v1beta1:ReplicaSet", template],
        ["kubernetes:batch/v1beta1:CronJob", { spec: { jobTemplate: template } }],
        ["kubernetes:batch/v2alpha1:CronJob", { spec: { jobTemplate: template } }],
        // A CustomResource has the type token of its apiVersion and kind.
        ["kubernetes:v1:Pod", { spec: onHostNetwork() }],
        ["kubernetes:core/v1:List", { items: [{ apiVersion: "apps/v1", kind: "Deployment", ...template }] }],
        ["kubernetes:core/v1:List", { items: [{ apiVersion: "v1", kind: "Pod", spec: onHostNetwork() }] }],
    ];

    for (const [type, props] of types) {
        it(`are checked in ${type}`, () => {
            assert.deepEqual(policiesBroken(resource(type, props)), ["forbid-host-namespaces"]);
        });
    }

    const others = [
        "kubernetes:core/v1:Service",
        "kubernetes:metrics.k8s.io/v1beta1:Pod",
        "kubernetes:example.com/v1:Deployment",
        "kubernetes:core/v1:Deployment",
        "kubernetes:apps/v1:DeploymentConfig",
        "gcp:container/cluster:Cluster",
        "shop:services:Deployment",
    ];

    for (const type of others) {
        it(`are not checked in ${type}`, () => {
            assert.deepEqual(policiesBroken(resource(type, template)), []);
        });
    }

    it("are checked in lists where items are known", () => {
        const list = (items: unknown, type = "kubernetes:core/v1:List"): string[] =>
            policiesBroken(resource(type, { items }));
        assert.deepEqual(list(unknownValue), ["require-readable-pods"]);
        assert.deepEqual(list([unknownValue, null]), ["require-readable-pods"]);
        assert.deepEqual(list([{ kind: unknownValue, spec: {} }]), ["require-readable-pods"]);
        assert.deepEqual(list([null, { kind: "Service", spec: onHostNetwork() }, { spec: onHostNetwork() }]), []);
        assert.deepEqual(list([{ kind: "PodList", items: [{ spec: onHostNetwork() }] }]), []);
        assert.deepEqual(list([{ kind: "PodPatch", spec: { hostPID: true } }]), ["forbid-host-namespaces"]);
        const patch = "kubernetes:core/v1:ListPatch";
        assert.deepEqual(list([{ kind: "Pod", spec: { containers: [{ name: "app" }] } }], patch), []);
        assert.deepEqual(list([{ kind: "Pod", spec: { hostPID: true } }], patch), ["forbid-host-namespaces"]);
        assert.deepEqual(list([{ kind: "Pod", spec: onHostNetwork() }], "kubernetes:example.com/v1:List"), []);
    });

    it("may be absent, null or of the wrong type", () => {
        for (const props of [
            {},
            { spec: null },
            { spec: { template: null } },
            { spec: { template: { spec: null } } },
        ]) {
            assert.deepEqual(policiesBroken(resource("kubernetes:apps/v1:Deployment", props)), []);
        }
        assert.deepEqual(policiesBroken(resource("kubernetes:apps/v1:Deployment", { spec: "text" })), []);
        assert.deepEqual(policiesBroken(resource("kubernetes:apps/v1:DeploymentList", { items: null })), []);
    });
});

describe("pod policies with conditions of the standard (SC-01)", () => {
    function bare(name: string): Json {
        const { image, resources } = goodContainer(name);
        return { name, image, resources };
    }

    it("do not apply Linux-only controls to Windows", () => {
        const pod = { ...goodPod(), os: { name: "windows" }, containers: [bare("app")], securityContext: {} };
        assert.deepEqual(policiesBroken(resourceOf(deployment, pod)).filter(isStandard), ["require-run-as-non-root"]);
        const linux = { ...pod, os: { name: "Windows" } };
        assert.deepEqual(policiesBroken(resourceOf(deployment, linux)).filter(isStandard), [
            "forbid-privilege-escalation",
            "require-run-as-non-root",
            "require-seccomp-profile",
            "drop-all-capabilities",
        ]);
    });

    it("allow root in a user namespace only if the config does", () => {
        const pod = { ...goodPod(), hostUsers: false, securityContext: { runAsNonRoot: false, runAsUser: 0 } };
        const both = ["require-run-as-non-root", "forbid-root-user"];
        const relaxed = { relaxForUserNamespaces: true };
        const config = { "require-run-as-non-root": relaxed, "forbid-root-user": relaxed };
        const old = Object.fromEntries(both.map((name) => [name, { ...relaxed, pssVersion: "v1.34" }]));
        assert.deepEqual(policiesBroken(resourceOf(deployment, pod)), both);
        assert.deepEqual(policiesBroken(resourceOf(deployment, pod), config), []);
        assert.deepEqual(policiesBroken(resourceOf(deployment, pod), old), both);
        assert.deepEqual(policiesBroken(resourceOf(deployment, { ...pod, hostUsers: true }), config), both);
    });

    it("reject an unmasked /proc in a user namespace at level restricted", () => {
        const pod = { ...goodPod(), hostUsers: false };
        put(pod, ["containers", "0", "securityContext", "procMount"], "Unmasked");
        const relaxed = { enforcementLevel: "mandatory", relaxForUserNamespaces: true };
        const config = { "require-default-proc-mount": relaxed, "require-baseline-proc-mount": relaxed };
        assert.deepEqual(policiesBroken(resourceOf(deployment, pod), config), ["require-default-proc-mount"]);
        pod.hostUsers = true;
        assert.equal(policiesBroken(resourceOf(deployment, pod), config).length, 2);
    });

    const versions: readonly (readonly [policy: string, path: readonly string[], value: unknown, first: number])[] = [
        ["allow-only-safe-sysctls", ["securityContext", "sysctls", "0", "name"], "net.ipv4.tcp_notsent_lowat", 37],
        ["allow-only-safe-sysctls", ["securityContext", "sysctls", "0", "name"], "net.ipv4.tcp_rmem", 32],
        ["restrict-selinux-options", ["securityContext", "seLinuxOptions", "type"], "container_engine_t", 31],
    ];

    for (const [policy, path, value, first] of versions) {
        it(`allow ${String(value)} since v1.${first}`, () => {
            const pod = goodPod();
            put(pod, path, value);
            const at = (minor: number): string[] =>
                policiesBroken(resourceOf(deployment, pod), { [policy]: { pssVersion: `v1.${minor}` } });
            assert.deepEqual([at(first - 1), at(first)], [[policy], []]);
        });
    }

    it("check the hosts of probes since v1.34", () => {
        const policy = "forbid-probe-and-lifecycle-hosts";
        const pod = goodPod();
        put(pod, ["containers", "0", "livenessProbe", "httpGet", "host"], "10.0.0.1");
        const at = (pssVersion: string): string[] =>
            policiesBroken(resourceOf(deployment, pod), { [policy]: { pssVersion } });
        assert.deepEqual([at("v1.33"), at("v1.34"), at("latest")], [[], [policy], [policy]]);
    });

    it("accept settings of the container or of its pod", () => {
        const container = goodContainer("app");
        put(container, ["securityContext", "runAsNonRoot"], undefined);
        put(container, ["securityContext", "seccompProfile"], undefined);
        const lists = { initContainers: [], containers: [container], ephemeralContainers: [] };
        const inherits = { ...goodPod(), ...lists };
        assert.deepEqual(policiesBroken(resourceOf(deployment, inherits)), []);
        const alone = { ...inherits, securityContext: {} };
        assert.deepEqual(policiesBroken(resourceOf(deployment, alone)), [
            "require-run-as-non-root",
            "require-seccomp-profile",
        ]);
        const own = { ...goodPod(), securityContext: null };
        assert.deepEqual(policiesBroken(resourceOf(deployment, own)), []);
    });

    it("accept a valid patch and reject an invalid one", () => {
        const patch = (spec: Json): PolicyResource =>
            resource("kubernetes:apps/v1:DeploymentPatch", wrap(["spec", "template"], spec));
        assert.deepEqual(
            policiesBroken(patch({ containers: [{ name: "app", image: "registry.example.com/shop/app:2.0.0" }] })),
            [],
        );
        assert.deepEqual(policiesBroken(patch({ securityContext: { runAsNonRoot: false } })), [
            "require-run-as-non-root",
        ]);
    });

    it("check the AppArmor annotation of the pod template, not of the workload", () => {
        const annotations = { "container.apparmor.security.beta.kubernetes.io/app": "unconfined" };
        assert.deepEqual(policiesBroken(resourceOf(deployment, goodPod(), { annotations })), [
            "keep-apparmor-enforced",
        ]);
        for (const value of ["runtime/default", "localhost/shop", ""]) {
            const fine = { annotations: { "container.apparmor.security.beta.kubernetes.io/app": value } };
            assert.deepEqual(policiesBroken(resourceOf(deployment, goodPod(), fine)), []);
        }
        const props = { metadata: { annotations }, ...wrap(["spec", "template"], goodPod()) };
        assert.deepEqual(policiesBroken(resource("kubernetes:apps/v1:Deployment", props)), []);
    });
});

function isStandard(policy: string): boolean {
    return policy !== "require-read-only-root-filesystem";
}

describe("workload policies (PO-01)", () => {
    it("allow a token for a listed ServiceAccount", () => {
        const pod = { ...goodPod(), automountServiceAccountToken: true };
        const config = { "forbid-service-account-tokens": { allow: ["web"] } };
        assert.deepEqual(policiesBroken(resourceOf(deployment, pod), config), []);
        const other = { ...pod, serviceAccountName: "other" };
        assert.deepEqual(policiesBroken(resourceOf(deployment, other), config), ["forbid-service-account-tokens"]);
    });

    it("allow kube-bench a token unless the config overrides it (SC-12)", () => {
        const pod = { ...goodPod(), automountServiceAccountToken: true, serviceAccountName: "kube-bench" };
        assert.deepEqual(policiesBroken(resourceOf(deployment, pod)), []);
        const config = { "forbid-service-account-tokens": { allow: [] } };
        assert.deepEqual(policiesBroken(resourceOf(deployment, pod), config), ["forbid-service-account-tokens"]);
    });

    it("accept pod-level resources", () => {
        const pod = goodPod();
        put(pod, ["containers", "0", "resources"], undefined);
        assert.equal(policiesBroken(resourceOf(deployment, pod)).length, 3);
        put(pod, ["resources"], { requests: { cpu: "1", memory: "1Gi" }, limits: { memory: "1Gi" } });
        assert.deepEqual(policiesBroken(resourceOf(deployment, pod)), []);
    });
});
