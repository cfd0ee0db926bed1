import assert from "node:assert/strict";

import * as k8s from "@pulumi/kubernetes";

import { type Chart, type ChartPods, ChartRelease, chartReplicas } from "../../../components/helm";
import { kebab } from "../../../components/helm/declare";
import { inputsOf, optionsOf } from "../deployed";
import { deploy } from "../deployment";
import { configOf } from "../layers";
import { releaseOf } from "./expected";

const pods = (more: Partial<ChartPods> = {}): ChartPods => ({
    labels: { app: "web" },
    resources: { requests: { cpu: "1m", memory: "1Mi" }, limits: { cpu: "1m", memory: "1Mi" } },
    calls: [],
    ...more,
});

const chart: Pick<Chart, "name" | "chart" | "repo" | "version" | "crds" | "pods"> = {
    name: "web",
    chart: "web-chart",
    repo: "https://charts.example.com",
    version: "1.2.3",
    crds: "folder",
    pods: {},
};

const origin = { name: "web", chart: "web-chart", version: "1.2.3", namespace: "security", skipCrds: false };

interface Case {
    readonly own?: Partial<typeof chart>;
    readonly replicas?: number;
    readonly source?: string;
}

async function released({ own = {}, replicas = 2, source }: Case) {
    const { resources } = await deploy(() => {
        const args = { chart: { ...chart, ...own }, namespace: "security", replicas, values: { a: 1 }, source };
        new ChartRelease("component", args);
    });
    return resources;
}

describe("a chart's release", () => {
    it("has these inputs, from the chart's repository", async () => {
        const all = await released({});
        assert.deepEqual(inputsOf(all, "kubernetes:helm.sh/v3:Release"), {
            component: releaseOf({ ...origin, repo: "https://charts.example.com" }, { a: 1 }),
        });
        const component = all.find(({ title }) => title === "ChartRelease component");
        assert.deepEqual(component?.outputs, { namespaceName: "security" });
        assert.deepEqual(
            all.map(({ title, parent }) => [title, parent]),
            [
                ["Release component", "ChartRelease component"],
                ["ChartRelease component", "Stack shop-test"],
            ],
        );
        assert.deepEqual(optionsOf(all), {});
    });

    it("comes from the one registry of a stack that has one", async () => {
        const all = await released({ source: "oci://registry.example.com/charts" });
        assert.deepEqual(inputsOf(all, "kubernetes:helm.sh/v3:Release"), {
            component: releaseOf(
                { ...origin, chart: "oci://registry.example.com/charts/web-chart", repo: undefined },
                { a: 1 },
            ),
        });
    });

    it("installs the definitions of its folder only where they have no other source", async () => {
        for (const [crds, skipCrds] of [
            ["folder", false],
            ["templates", true],
            ["skipped", true],
            ["none", true],
        ] as const) {
            const release = inputsOf(await released({ own: { crds } }), "kubernetes:helm.sh/v3:Release")["component"];
            assert.equal(release?.["skipCrds"], skipCrds, crds);
        }
    });

    it("waits for what it needs; its budgets do not", async () => {
        const { resources } = await deploy(() => {
            const needed = new k8s.core.v1.ConfigMap("needed");
            const manager = pods({ budget: "release" });
            const own = { ...chart, pods: { manager } };
            new ChartRelease("web", { chart: own, namespace: "security", replicas: 2, values: {}, needs: [needed] });
        });
        const waits = (title: string) =>
            resources.find((resource) => resource.title === title)?.dependsOn.map((urn) => urn.split("::").at(-1));
        assert.deepEqual(waits("Release web"), ["needed"]);
        assert.deepEqual(waits("PodDisruptionBudget web-manager-budget"), []);
    });

    it("has a budget for groups of several pods whose chart creates none (AS-10)", async () => {
        const own = {
            pods: {
                certController: pods({ budget: "release", count: "many", labels: { app: "manager" } }),
                ofTheChart: pods({ budget: "chart" }),
                byDefault: pods(),
                single: pods({ budget: "release", count: "single" }),
                job: pods({ budget: "release", count: "job" }),
            },
        };
        const budgets = async (replicas: number) =>
            inputsOf(await released({ own, replicas }), "kubernetes:policy/v1:PodDisruptionBudget");
        const common = { apiVersion: "policy/v1", kind: "PodDisruptionBudget" };
        assert.deepEqual(await budgets(2), {
            "component-cert-controller-budget": {
                ...common,
                metadata: {
                    name: "web-cert-controller",
                    namespace: "security",
                    labels: {
                        "app.kubernetes.io/name": "web",
                        "app.kubernetes.io/part-of": "ecommerce-platform",
                        "app.kubernetes.io/instance": "web",
                        "app.kubernetes.io/component": "addon",
                        "app.kubernetes.io/managed-by": "pulumi",
                    },
                },
                spec: {
                    maxUnavailable: 1,
                    selector: { matchLabels: { app: "manager" } },
                    unhealthyPodEvictionPolicy: "AlwaysAllow",
                },
            },
        });
        // With one replica it would block the drain of a node.
        assert.deepEqual(await budgets(1), {});
    });

    it("has one replica in dev, and two in staging and prod (EN-01 to EN-03)", () => {
        assert.equal(chartReplicas(configOf("gcp", "dev")), 1);
        assert.equal(chartReplicas(configOf("gcp", "staging")), 2);
        assert.equal(chartReplicas(configOf("gcp", "prod")), 2);
    });

    it("names groups as Kubernetes does", () => {
        assert.equal(kebab("certController"), "cert-controller");
        assert.equal(kebab("aBC"), "a-b-c");
        assert.equal(kebab("webhook"), "webhook");
    });
});
