import assert from "node:assert/strict";

import type { JsonObject, PlannedResource } from "../../../tools/plan";
import { inputs, one } from "../layers";
import { namespaceObjects, shortName, waitsFor } from "../namespaced";
import { shipped } from "../shipped";
import { locked } from "../locked";

const types = {
    deployment: "kubernetes:apps/v1:Deployment",
    budget: "kubernetes:policy/v1:PodDisruptionBudget",
    account: "kubernetes:core/v1:ServiceAccount",
    priority: "kubernetes:scheduling.k8s.io/v1:PriorityClass",
} as const;

const selector = {
    matchLabels: { "app.kubernetes.io/name": "headroom", "app.kubernetes.io/part-of": "ecommerce-platform" },
};

const labelsOf = (name: string, component: string) => ({
    "app.kubernetes.io/name": name,
    "app.kubernetes.io/part-of": "ecommerce-platform",
    "app.kubernetes.io/instance": name,
    "app.kubernetes.io/component": component,
    "app.kubernetes.io/managed-by": "pulumi",
});

const labels = labelsOf("headroom", "capacity");
const metadata = { name: "headroom", namespace: "monitoring", labels };

/** One pod for each of the app pool's minimum nodes: 20 % of 4 cores and of 16 GiB, in MiB rounded up (CL-10). */
const nodes = { staging: 3, prod: 6 } as const;
const size = { cpu: "800m", memory: "3277Mi", "ephemeral-storage": "16Mi" };

const spread = {
    maxSkew: 1,
    labelSelector: selector,
    matchLabelKeys: ["pod-template-hash"],
    nodeTaintsPolicy: "Honor",
    nodeAffinityPolicy: "Honor",
};

const podSpec = {
    serviceAccountName: "headroom",
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    priorityClassName: "shop-placeholder",
    securityContext: {
        runAsNonRoot: true,
        runAsUser: 10001,
        runAsGroup: 10001,
        fsGroup: 10001,
        fsGroupChangePolicy: "OnRootMismatch",
        seccompProfile: { type: "RuntimeDefault" },
    },
    topologySpreadConstraints: [
        {
            ...spread,
            topologyKey: "topology.kubernetes.io/zone",
            whenUnsatisfiable: "DoNotSchedule",
            minDomains: 3,
        },
        { ...spread, topologyKey: "kubernetes.io/hostname", whenUnsatisfiable: "ScheduleAnyway" },
    ],
    affinity: {
        podAntiAffinity: {
            preferredDuringSchedulingIgnoredDuringExecution: [
                {
                    weight: 100,
                    podAffinityTerm: { topologyKey: "kubernetes.io/hostname", labelSelector: selector },
                },
            ],
        },
    },
    terminationGracePeriodSeconds: 0,
    containers: [
        {
            name: "pause",
            image: locked("registry.k8s.io/pause:3.10.1"),
            imagePullPolicy: "Always",
            resources: { requests: size, limits: size },
            securityContext: {
                allowPrivilegeEscalation: false,
                readOnlyRootFilesystem: true,
                runAsNonRoot: true,
                capabilities: { drop: ["ALL"] },
            },
        },
    ],
};

for (const stack of shipped) {
    const { title, tier, cloud, replica, plan } = stack;
    // Nodes of unknown size, of dev and of a replica keep no capacity free.
    const replicas = tier === "dev" || replica || cloud === "existing" ? undefined : nodes[tier];
    describe(`the placeholders in ${title} (CL-10)`, () => {
        let resources: readonly PlannedResource[];

        before(async () => {
            ({ resources } = await plan());
        });

        it(replicas === undefined ? "do not exist" : "are four objects below the capacity layer", () => {
            const below = resources.filter(({ urn }) => urn.includes("shop:capacity:Headroom$"));
            assert.deepEqual(
                below.map(({ urn }) => shortName(urn)).sort(),
                replicas === undefined
                    ? []
                    : [
                          "Deployment headroom",
                          "PodDisruptionBudget headroom-budget",
                          "PriorityClass headroom-priority",
                          "ServiceAccount headroom-account",
                      ],
            );
            assert.ok(
                below.every(
                    ({ provider = "", parent = "" }) =>
                        provider.endsWith("::cluster-kubernetes") &&
                        shortName(parent) === "Headroom headroom" &&
                        parent.includes("shop:capacity:Layer$"),
                ),
            );
        });

        if (replicas === undefined) {
            return;
        }

        it("are exactly this Deployment, which an update does not wait for", () => {
            const { spec, ...rest } = inputs(resources, types.deployment, "headroom");
            const { template, ...own } = spec as JsonObject;
            assert.deepEqual(rest, {
                apiVersion: "apps/v1",
                kind: "Deployment",
                metadata: { ...metadata, annotations: { "pulumi.com/skipAwait": "true" } },
            });
            assert.deepEqual(own, {
                replicas,
                revisionHistoryLimit: 1,
                selector,
                strategy: { type: "Recreate" },
            });
            assert.deepEqual((template as JsonObject)["metadata"], { labels });
            assert.deepEqual((template as JsonObject)["spec"], podSpec);
            assert.deepEqual(Object.keys(template as JsonObject).sort(), ["metadata", "spec"]);
        });

        it("have a budget that lets all of them be evicted", () => {
            assert.deepEqual(inputs(resources, types.budget, "headroom-budget"), {
                apiVersion: "policy/v1",
                kind: "PodDisruptionBudget",
                metadata,
                spec: { maxUnavailable: "100%", selector },
            });
        });

        it("have an account without a token (SC-04)", () => {
            assert.deepEqual(inputs(resources, types.account, "headroom-account"), {
                apiVersion: "v1",
                kind: "ServiceAccount",
                metadata,
                automountServiceAccountToken: false,
            });
        });

        it("have the lowest priority that the cluster autoscaler counts, and preempt no pod", () => {
            const { description, ...own } = inputs(resources, types.priority, "headroom-priority");
            assert.equal(typeof description, "string");
            assert.deepEqual(own, {
                apiVersion: "scheduling.k8s.io/v1",
                kind: "PriorityClass",
                metadata: { name: "shop-placeholder", labels: labelsOf("shop-placeholder", "priority") },
                value: -10,
                preemptionPolicy: "Never",
                globalDefault: false,
            });
        });

        it("wait for their namespace with its policies and quota, their account and their class", () => {
            const namespace = namespaceObjects("monitoring", stack);
            assert.deepEqual(
                waitsFor(one(resources, types.deployment, "headroom")),
                [...namespace, "ServiceAccount headroom-account", "PriorityClass headroom-priority"].sort(),
            );
            for (const [type, name] of [
                [types.account, "headroom-account"],
                [types.budget, "headroom-budget"],
            ] as const) {
                assert.deepEqual(waitsFor(one(resources, type, name)), [...namespace].sort());
            }
            assert.deepEqual(waitsFor(one(resources, types.priority, "headroom-priority")), []);
        });
    });
}
