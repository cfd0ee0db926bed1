import assert from "node:assert/strict";

import type { PlannedResource } from "../../../tools/plan";
import { inputs, one } from "../layers";
import { namespaceDefaults, podGroups, shortName, waitsFor } from "../namespaced";
import { shipped } from "../shipped";

const types = {
    namespace: "kubernetes:core/v1:Namespace",
    quota: "kubernetes:core/v1:ResourceQuota",
    limits: "kubernetes:core/v1:LimitRange",
    policy: "kubernetes:networking.k8s.io/v1:NetworkPolicy",
} as const;

const names = [
    "argocd",
    "cache",
    "data",
    "frontend",
    "ingress",
    "messaging",
    "monitoring",
    "payment",
    "security",
    "services",
] as const;

const each = <T>(value: (name: string) => T): Record<string, T> =>
    Object.fromEntries(names.map((name) => [name, value(name)]));

const labels = (namespace: string) => ({
    "app.kubernetes.io/name": namespace,
    "app.kubernetes.io/part-of": "ecommerce-platform",
    "app.kubernetes.io/instance": namespace,
    "app.kubernetes.io/component": "namespace",
    "app.kubernetes.io/managed-by": "pulumi",
});

const metadata = (name: string, namespace: string, more: object = {}) => ({
    name,
    namespace,
    labels: labels(namespace),
    ...more,
});

const unscored = { annotations: { "kube-score/ignore": "networkpolicy-targets-pod" } };

/** Defaults of containers: those of the tier's services (EN-01 to EN-03). */
const defaults = {
    dev: { defaultRequest: { cpu: "100m", memory: "256Mi" }, default: { cpu: "500m", memory: "512Mi" } },
    staging: { defaultRequest: { cpu: "250m", memory: "512Mi" }, default: { cpu: "1", memory: "1Gi" } },
    prod: { defaultRequest: { cpu: "500m", memory: "1Gi" }, default: { cpu: "2", memory: "2Gi" } },
    laptop: { defaultRequest: { cpu: "50m", memory: "64Mi" }, default: { cpu: "500m", memory: "512Mi" } },
} as const;

for (const stack of shipped) {
    describe(`the namespaces in ${stack.title} (CL-20, NW-05, SC-02, AS-11)`, () => {
        let resources: readonly PlannedResource[];
        const objects = (type: string, suffix = "") => each((name) => inputs(resources, type, `${name}${suffix}`));

        before(async () => {
            ({ resources } = await stack.plan());
        });

        it("are these ten, with Pod Security restricted at three levels of a pinned version", () => {
            const found = resources.filter(({ type }) => type === types.namespace);
            assert.deepEqual(found.map(({ name }) => name).sort(), names);
            const security = (level: string) => ({
                [`pod-security.kubernetes.io/${level}`]: "restricted",
                [`pod-security.kubernetes.io/${level}-version`]: "v1.36",
            });
            assert.deepEqual(
                objects(types.namespace),
                each((name) => ({
                    apiVersion: "v1",
                    kind: "Namespace",
                    metadata: {
                        name,
                        labels: { ...labels(name), ...security("enforce"), ...security("audit"), ...security("warn") },
                    },
                })),
            );
        });

        it("have the tier's requests and limits as defaults of containers", () => {
            assert.deepEqual(
                objects(types.limits, "-limits"),
                each((name) => ({
                    apiVersion: "v1",
                    kind: "LimitRange",
                    metadata: metadata("limits", name),
                    spec: { limits: [{ type: "Container", ...defaults[stack.laptop ? "laptop" : stack.tier] }] },
                })),
            );
        });

        it("deny every pod all traffic in both directions", () => {
            assert.deepEqual(
                objects(types.policy, "-default-deny"),
                each((name) => ({
                    apiVersion: "networking.k8s.io/v1",
                    kind: "NetworkPolicy",
                    metadata: metadata("default-deny", name, unscored),
                    spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] },
                })),
            );
        });

        it("allow every pod the cluster's DNS, by UDP and TCP", () => {
            const dns = {
                namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kube-system" } },
                podSelector: { matchLabels: { "k8s-app": "kube-dns" } },
            };
            const ports = [
                { port: 53, protocol: "UDP" },
                { port: 53, protocol: "TCP" },
            ];
            assert.deepEqual(
                objects(types.policy, "-allow-dns"),
                each((name) => ({
                    apiVersion: "networking.k8s.io/v1",
                    kind: "NetworkPolicy",
                    metadata: metadata("allow-dns", name, unscored),
                    spec: { podSelector: {}, policyTypes: ["Egress"], egress: [{ to: [dns], ports }] },
                })),
            );
        });

        it("have a quota without other fields than the maximum", () => {
            assert.deepEqual(
                each((name) => {
                    const { spec, ...rest } = inputs(resources, types.quota, `${name}-quota`);
                    return { ...rest, spec: Object.keys(spec as object) };
                }),
                each((name) => ({
                    apiVersion: "v1",
                    kind: "ResourceQuota",
                    metadata: metadata("quota", name),
                    spec: ["hard"],
                })),
            );
        });

        it("have one network policy for each group of pods that is connected, and no other (NW-05)", () => {
            const policies = resources.filter(({ type }) => type === types.policy);
            const own = [...names, "kube-system"].flatMap((name) => podGroups(name, stack));
            const fixed = names.flatMap((name) => [`${name}-allow-dns`, `${name}-default-deny`]);
            assert.deepEqual(
                policies.map(({ name }) => name).sort(),
                [...own.map((group) => `${group}-policy`), ...fixed].sort(),
            );
        });

        it("have everything below their component, created after the namespace, by the cluster's provider", () => {
            for (const name of names) {
                const below = resources.filter(({ parent = "" }) =>
                    parent.endsWith(`$shop:security:SecureNamespace::${name}`),
                );
                assert.deepEqual(
                    below.map(({ urn }) => shortName(urn)).sort(),
                    [...namespaceDefaults(name), `PodPolicies ${name}-pods`].sort(),
                );
                const pods = resources.filter(({ parent = "" }) =>
                    parent.endsWith(`$shop:security:PodPolicies::${name}-pods`),
                );
                assert.deepEqual(
                    pods.map(({ name: own }) => own).sort(),
                    podGroups(name, stack)
                        .map((group) => `${group}-policy`)
                        .sort(),
                );
                for (const resource of [...below, ...pods].filter(({ custom }) => custom)) {
                    const own = shortName(resource.urn);
                    const first = own === `Namespace ${name}`;
                    assert.deepEqual(waitsFor(resource), first ? [] : [`Namespace ${name}`], own);
                    assert.ok(resource.provider?.endsWith("::cluster-kubernetes"), own);
                }
            }
        });

        it("have policies of the platform's pods in kube-system, which wait for nothing", () => {
            const component = one(resources, "shop:security:PodPolicies", "kube-system");
            assert.ok(component.parent?.endsWith("shop:security:Layer::security"), component.parent);
            const below = resources.filter(({ parent }) => parent === component.urn);
            assert.deepEqual(
                below.map(({ name }) => name).sort(),
                podGroups("kube-system", stack).map((group) => `${group}-policy`),
            );
            assert.deepEqual(below.flatMap(waitsFor), []);
        });
    });
}
