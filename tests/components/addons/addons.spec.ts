import assert from "node:assert/strict";

import { createAddons } from "../../../components/addons";
import { ChartRelease } from "../../../components/helm";
import type { Settings } from "../../../components/platform-config";
import { type Cloud, cloudNames, type Tier, tierNames } from "../../../config/schema";
import * as pulumi from "@pulumi/pulumi";
import { budgetType, chartOf, charts, chartsIn, release, releasesOf } from "./stack";
import { configOf, created, declaredOf, inputs, namespaceNames, one, planned, platformPlan } from "../layers";

const common = ["cert-manager", "external-secrets", "prometheus-operator-crds", "reloader"];
const onAws = ["aws-load-balancer-controller", "external-dns", "karpenter", "karpenter-crd"];

/** Add-ons by cloud and tier. */
const expected: Readonly<Record<Cloud, Readonly<Record<Tier, readonly string[]>>>> = {
    gcp: {
        dev: [...common, "external-dns"],
        staging: [...common, "external-dns"],
        // GKE's built-in VPA is a setting of the cluster.
        prod: [...common, "external-dns"],
    },
    aws: {
        dev: [...common, ...onAws],
        staging: [...common, ...onAws],
        prod: [...common, ...onAws, "vertical-pod-autoscaler"],
    },
    existing: {
        dev: [...common, "metrics-server"],
        staging: [...common, "metrics-server"],
        prod: [...common, "metrics-server", "vertical-pod-autoscaler"],
    },
};

/** Operators of the stores by cloud, in every tier: without a bucket for backups there is nothing for the plugin to write. */
const operators: Readonly<Record<Cloud, readonly string[]>> = {
    gcp: ["cloudnative-pg", "eck", "plugin-barman-cloud", "strimzi"],
    aws: ["cloudnative-pg", "eck", "plugin-barman-cloud", "strimzi"],
    existing: ["cloudnative-pg", "eck", "strimzi"],
};

/** Charts of earlier layers that an operator's release waits for; the chart's `needs` are of its own layer. */
const earlier: Readonly<Record<string, readonly string[]>> = {
    // cert-manager issues the certificates between operator and plugin; monitors are created with the clusters.
    "cloudnative-pg": ["cert-manager", "prometheus-operator-crds"],
    "plugin-barman-cloud": ["cert-manager", "prometheus-operator-crds"],
    keda: ["cert-manager"],
    // Its release has a PodMonitor.
    eck: ["prometheus-operator-crds"],
};

describe("the charts", () => {
    for (const cloud of cloudNames) {
        for (const tier of tierNames) {
            it(`are exactly these in ${tier} on ${cloud}`, async () => {
                const config = configOf(cloud, tier);
                const found = releasesOf(await platformPlan(config)).map(({ name }) => name);
                const byQueue = tier === "dev" ? [] : ["keda"];
                assert.deepEqual(found.sort(), [...expected[cloud][tier], ...operators[cloud], ...byQueue].sort());
                const declared = declaredOf(config).charts.map(({ name }) => name);
                assert.deepEqual(declared.sort(), found);
            });
        }
    }

    it("exclude metrics-server where the cluster has one (AS-01)", async () => {
        const own = (metricsServer: "present" | "install-insecure"): Partial<Settings> => ({
            existing: { metricsServer },
        });
        const present = await platformPlan(configOf("existing", "dev", own("present")));
        assert.ok(!releasesOf(present).some(({ name }) => name === "metrics-server"));
        const values = async (config: ReturnType<typeof configOf>) =>
            inputs(await platformPlan(config), release, "metrics-server")["values"] as Record<string, unknown>;
        assert.deepEqual((await values(configOf("existing", "dev", own("install-insecure"))))["args"], [
            "--kubelet-insecure-tls",
        ]);
        assert.deepEqual((await values(configOf("existing", "prod")))["args"], []);
    });

    it("have exact versions of charts, applications and images (PO-01)", () => {
        const exact = /^v?\d+\.\d+\.\d+$/;
        for (const { name, version, appVersion, repo, images } of charts) {
            assert.match(version, exact, name);
            assert.match(appVersion, exact, name);
            assert.match(repo, /^(https|oci):\/\/[a-z0-9.-]+(\/[a-z0-9.-]+)*$/, name);
            for (const { repository, tag } of images) {
                assert.match(tag, exact, repository);
                assert.equal(tag.replace(/^v/, ""), appVersion.replace(/^v/, ""), repository);
                assert.match(repository, /^[a-z0-9.-]+\.[a-z0-9]+\/[a-z0-9./-]+$/, repository);
            }
        }
    });
});

describe("a release", () => {
    it("is atomic, keeps five revisions, creates no namespace and waits for jobs", async () => {
        const resources = await platformPlan(configOf("aws", "prod"));
        for (const { name, inputs: own } of releasesOf(resources)) {
            const { atomic, cleanupOnFail, createNamespace, maxHistory, timeout, waitForJobs } = own;
            assert.deepEqual(
                { atomic, cleanupOnFail, createNamespace, maxHistory, timeout, waitForJobs },
                {
                    atomic: true,
                    cleanupOnFail: true,
                    createNamespace: false,
                    maxHistory: 5,
                    timeout: 600,
                    waitForJobs: true,
                },
                name,
            );
            assert.equal(own["name"], name);
            assert.equal(own["version"], chartOf(name).version);
            assert.ok(!("valueYamlFiles" in own));
        }
    });

    it("uses its project's repository or registry", async () => {
        const resources = await platformPlan(configOf("aws", "prod"));
        const origin = (name: string) => {
            const { chart, repositoryOpts } = inputs(resources, release, name);
            return [chart, (repositoryOpts as { repo?: string } | undefined)?.repo];
        };
        assert.deepEqual(origin("cert-manager"), ["cert-manager", "https://charts.jetstack.io"]);
        assert.deepEqual(origin("karpenter"), ["oci://public.ecr.aws/karpenter/karpenter", undefined]);
    });

    it("installs custom resource definitions from one source only", async () => {
        const resources = await platformPlan(configOf("aws", "prod"));
        const skipped = Object.fromEntries(
            releasesOf(resources).map(({ name, inputs: own }) => [name, own["skipCrds"]]),
        );
        assert.deepEqual(skipped, {
            "cert-manager": true,
            "external-secrets": true,
            "prometheus-operator-crds": true,
            reloader: true,
            "external-dns": true,
            "aws-load-balancer-controller": false,
            "vertical-pod-autoscaler": false,
            "karpenter-crd": true,
            karpenter: true,
            "cloudnative-pg": true,
            "plugin-barman-cloud": true,
            strimzi: false,
            keda: true,
            eck: true,
        });
        const values = (name: string) => inputs(resources, release, name)["values"] as Record<string, unknown>;
        assert.deepEqual(values("cert-manager")["crds"], { enabled: true, keep: true });
        assert.equal(values("external-secrets")["installCRDs"], true);
    });

    it("depends on its namespace's policies, its priority class and the charts in its needs only", async () => {
        const config = configOf("aws", "prod");
        const resources = await platformPlan(config);
        for (const chart of chartsIn(config)) {
            const found = (one(resources, release, chart.name).options.dependsOn ?? []).map((urn) =>
                urn.split("::").slice(-2).join(" ").split("$").at(-1),
            );
            const needed = [...(chart.needs ?? []), ...(earlier[chart.name] ?? [])].map(
                (name) => `kubernetes:helm.sh/v3:Release ${name}`,
            );
            const releases = found.filter((urn) => urn?.startsWith(release));
            assert.deepEqual(releases.sort(), needed.sort(), chart.name);
            for (const role of Object.keys(chart.pods)) {
                const name = `${chart.name}-${role.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
                const policy = `kubernetes:networking.k8s.io/v1:NetworkPolicy ${name}-policy`;
                assert.ok(found.includes(policy), `${chart.name} after ${policy}: ${found.join(", ")}`);
            }
            const priority = "kubernetes:scheduling.k8s.io/v1:PriorityClass addons-priority";
            assert.equal(found.includes(priority), !chart.name.startsWith("karpenter"), chart.name);
        }
    });

    it("has a cloud identity only where its chart declares permissions (SC-07)", async () => {
        const config = configOf("gcp", "prod");
        const account = { email: "dns@shop-project.iam.gserviceaccount.com", uniqueId: "100000000000000654321" };
        const all = await created(
            () => {
                const cluster = { name: pulumi.output("shop-cluster") };
                createAddons("addons", { config, cluster, network: undefined, namespaces: namespaceNames }, {});
            },
            { "gcp:serviceaccount/account:Account": account },
        );
        const annotated = all
            .filter(({ type }) => type === release)
            .map(({ name, inputs: own }) => [name, (own["values"] as { serviceAccount?: unknown }).serviceAccount]);
        const identity = { "iam.gke.io/gcp-service-account": "dns@shop-project.iam.gserviceaccount.com" };
        assert.deepEqual(Object.fromEntries(annotated), {
            "cert-manager": { annotations: identity },
            "external-secrets": { annotations: identity },
            "external-dns": { annotations: identity },
            "prometheus-operator-crds": undefined,
            reloader: undefined,
        });
    });

    it("has the budgets that its chart has no key for (AS-10)", async () => {
        const lacking = {
            ...chartOf("reloader"),
            pods: {
                manager: { ...chartOf("reloader").pods["controller"]!, budget: "release" as const },
                once: {
                    ...chartOf("reloader").pods["controller"]!,
                    budget: "release" as const,
                    count: "single" as const,
                },
            },
        };
        const budgets = async (tier: Tier) => {
            const resources = await planned(() => {
                const replicas = tier === "dev" ? 1 : 2;
                new ChartRelease("web", { chart: lacking, namespace: "security", replicas, values: {} });
            });
            return resources.filter(({ type }) => type === budgetType);
        };
        const [found, ...others] = await budgets("prod");
        assert.deepEqual([found?.name, others], ["web-manager-budget", []]);
        assert.deepEqual(found?.inputs["spec"], {
            maxUnavailable: 1,
            selector: { matchLabels: { app: "reloader", release: "reloader" } },
            unhealthyPodEvictionPolicy: "AlwaysAllow",
        });
        // With one replica it would block the drain of a node.
        assert.deepEqual(await budgets("dev"), []);
    });
});

describe("the add-on layer's interface", () => {
    it("has one priority class above the shop's (CL-10)", async () => {
        const resources = await platformPlan(configOf("gcp", "prod"));
        const own = inputs(resources, "kubernetes:scheduling.k8s.io/v1:PriorityClass", "addons-priority");
        assert.equal((own["metadata"] as { name: string }).name, "platform-addon");
        assert.deepEqual([own["value"], own["globalDefault"]], [1_000_000, false]);
    });

    it("has the release of each chart", async () => {
        const config = configOf("existing", "prod");
        let ready: Readonly<Record<string, pulumi.Resource>> = {};
        await planned(() => {
            const cluster = { name: pulumi.output("shop-cluster") };
            ({ ready } = createAddons(
                "addons",
                { config, cluster, network: undefined, namespaces: namespaceNames },
                {},
            ));
        });
        assert.deepEqual(Object.keys(ready).sort(), [...expected.existing.prod].sort());
    });
});
