import assert from "node:assert/strict";

import type { Cloud } from "../../../config/schema";
import { countOf, inputsOf, optionsOf, outputsOf, waits } from "../deployed";
import { deployment, inLayer } from "../deployment";
import { autoscalerGroups } from "../namespaced";

const policy = (...names: readonly string[]) => names.map((name) => `NetworkPolicy ${name}-policy`);

/** What every pod of a namespace waits for: its limits, its quota, and the policies of all its declared pods. */
function namespace(name: string, pods: readonly string[]): string[] {
    return [
        `LimitRange ${name}-limits`,
        ...policy(...pods),
        `NetworkPolicy ${name}-allow-dns`,
        `NetworkPolicy ${name}-default-deny`,
        `ResourceQuota ${name}-quota`,
    ];
}

const certManager = ["cainjector", "controller", "startupapicheck", "webhook"].map((part) => `cert-manager-${part}`);
const secrets = ["cert-controller", "controller", "webhook"].map((part) => `external-secrets-${part}`);
const security = [...certManager, ...secrets, "reloader-controller"];
const vpa = ["admission-controller", "recommender", "updater"].map((part) => `vertical-pod-autoscaler-${part}`);
const balancer = "aws-load-balancer-controller";

/** Pods with network policies by cloud in prod, by namespace. */
const pods: Readonly<Record<Cloud, Readonly<Record<"security" | "ingress" | "kube-system", readonly string[]>>>> = {
    gcp: {
        security: [...security, "kube-bench"],
        ingress: ["external-dns-controller", "gateway"],
        "kube-system": [],
    },
    aws: {
        security: [...security, "kube-bench"],
        ingress: [`${balancer}-controller`, "external-dns-controller", "gateway"],
        "kube-system": ["karpenter-controller", ...vpa],
    },
    existing: { security, ingress: [], "kube-system": ["metrics-server-controller", ...vpa] },
};

const priority = "PriorityClass addons-priority";
const identity = (name: string) => `PodIdentityAssociation addons-${name}`;
const user = (name: string) => `IAMMember addons-${name}-user`;
const first = (cloud: Cloud, ...more: readonly string[]) => [
    priority,
    ...namespace("security", pods[cloud].security),
    ...more,
];
const system = (cloud: Cloud) => ["Release cert-manager", ...policy(...pods[cloud]["kube-system"])];

/** What each release waits for in prod. */
const releases: Readonly<Record<Cloud, Readonly<Record<string, readonly string[]>>>> = {
    gcp: {
        "cert-manager": first(
            "gcp",
            user("cert-manager"),
            "IAMMember addons-cert-manager-find",
            "DnsManagedZoneIamMember addons-cert-manager-challenges",
        ),
        "external-secrets": first("gcp", user("external-secrets"), "IAMMember addons-external-secrets-secrets"),
        "prometheus-operator-crds": [priority, ...namespace("monitoring", autoscalerGroups)],
        reloader: first("gcp"),
        "external-dns": [
            priority,
            ...namespace("ingress", pods.gcp.ingress),
            user("external-dns"),
            "IAMMember addons-external-dns-find",
            "DnsManagedZoneIamMember addons-external-dns-records",
        ],
    },
    aws: {
        "cert-manager": first("aws", identity("cert-manager")),
        "external-secrets": first("aws", identity("external-secrets")),
        "prometheus-operator-crds": [priority, ...namespace("monitoring", autoscalerGroups)],
        reloader: first("aws"),
        "external-dns": [priority, ...namespace("ingress", pods.aws.ingress), identity("external-dns")],
        // cert-manager issues the certificate of its webhook.
        [balancer]: ["Release cert-manager", ...namespace("ingress", pods.aws.ingress), identity(balancer)],
        "vertical-pod-autoscaler": system("aws"),
    },
    existing: {
        "cert-manager": first("existing"),
        "external-secrets": first("existing"),
        "prometheus-operator-crds": [priority, ...namespace("monitoring", autoscalerGroups)],
        reloader: first("existing"),
        "metrics-server": system("existing"),
        "vertical-pod-autoscaler": system("existing"),
    },
};

describe("the order of the add-ons", () => {
    for (const cloud of ["gcp", "aws", "existing"] as const) {
        it(`is policies and quota, priority class and permissions, cert-manager, its users, on ${cloud}`, async () => {
            const all = await deployment(cloud, "prod");
            const order = Object.entries(waits(all, inLayer(all, "addons")));
            const found = order.filter(([title]) => title.startsWith("Release "));
            assert.deepEqual(
                Object.fromEntries(found.map(([title, needed]) => [title.slice("Release ".length), needed])),
                Object.fromEntries(Object.entries(releases[cloud]).map(([name, needed]) => [name, [...needed].sort()])),
            );
        });

        it(`is registered with the namespace of each release on ${cloud}`, async () => {
            const all = await deployment(cloud, "prod");
            const home = (name: string) =>
                /^(external-dns|aws-load)/.test(name)
                    ? "ingress"
                    : /^(metrics|vertical)/.test(name)
                      ? "kube-system"
                      : name.startsWith("prometheus")
                        ? "monitoring"
                        : "security";
            const expected = Object.keys(releases[cloud]).map((name) => [name, home(name)] as const);
            const platform = all.resources.find(({ title }) => title === "Platform platform");
            assert.deepEqual(platform?.outputs?.["addons"], Object.fromEntries(expected));
            const outputs = outputsOf(inLayer(all, "addons"));
            for (const [name, namespaceName] of expected) {
                assert.deepEqual(outputs[`ChartRelease ${name}`], { namespaceName });
            }
            assert.deepEqual(outputs["AddonPriority addons-priority"], { className: "platform-addon" });
            assert.deepEqual(optionsOf(inLayer(all, "addons")), {});
            const count = countOf(inLayer(all, "addons"))["kubernetes:helm.sh/v3:Release"];
            assert.equal(count, expected.length);
        });
    }
});

describe("the priority class of add-ons", () => {
    it("is above those of the shop, is not the default, and has no namespace (CL-10)", async () => {
        for (const cloud of ["gcp", "aws", "existing"] as const) {
            const all = inLayer(await deployment(cloud, "dev"), "addons");
            assert.deepEqual(inputsOf(all, "kubernetes:scheduling.k8s.io/v1:PriorityClass"), {
                "addons-priority": {
                    apiVersion: "scheduling.k8s.io/v1",
                    kind: "PriorityClass",
                    metadata: {
                        name: "platform-addon",
                        labels: {
                            "app.kubernetes.io/name": "platform-addon",
                            "app.kubernetes.io/part-of": "ecommerce-platform",
                            "app.kubernetes.io/instance": "platform-addon",
                            "app.kubernetes.io/component": "priority",
                            "app.kubernetes.io/managed-by": "pulumi",
                        },
                    },
                    value: 1_000_000,
                    description: "Controllers and webhooks that the shop's workloads depend on",
                    globalDefault: false,
                },
            });
        }
    });
});
