import assert from "node:assert/strict";

import { charts } from "../../../components/addons/charts";
import { existingPaths } from "../../../components/cluster/paths";
import { ChartRelease } from "../../../components/helm/release";
import { addonNames, type AddonName } from "../../../components/helm/types";
import { settingsOf } from "../../../components/addons";
import type { Settings } from "../../../components/platform-config";
import { type Cloud, cloudNames, type Tier, tierNames } from "../../../config/schema";
import { argsOf, budgetType, chartOf, layer, policy, release, releasesOf } from "./stack";
import { configOf, inputs, one, planned } from "../layers";

const always: readonly AddonName[] = ["cert-manager", "external-secrets", "reloader"];
const onAws: readonly AddonName[] = ["aws-load-balancer-controller", "external-dns", "karpenter", "karpenter-crd"];

/** The exact table: what runs where. */
const expected: Readonly<Record<Cloud, Readonly<Record<Tier, readonly AddonName[]>>>> = {
    gcp: {
        dev: [...always, "external-dns"],
        staging: [...always, "external-dns"],
        // Google's own VPA, switched on with the cluster.
        prod: [...always, "external-dns"],
    },
    aws: {
        dev: [...always, ...onAws],
        staging: [...always, ...onAws],
        prod: [...always, ...onAws, "vertical-pod-autoscaler"],
    },
    existing: {
        dev: [...always, "metrics-server"],
        staging: [...always, "metrics-server"],
        prod: [...always, "metrics-server", "vertical-pod-autoscaler"],
    },
};

describe("the add-ons", () => {
    for (const cloud of cloudNames) {
        for (const tier of tierNames) {
            it(`are exactly these in ${tier} on ${cloud}`, async () => {
                const { resources, addons } = await layer(configOf(cloud, tier));
                const found = releasesOf(resources).map(({ name }) => name);
                assert.deepEqual(found.sort(), [...expected[cloud][tier]].sort());
                assert.deepEqual(Object.keys(addons.releases).sort(), found);
            });
        }
    }

    it("are each in the table once, and each of the table runs somewhere", () => {
        assert.deepEqual(charts.map(({ name }) => name).sort(), [...addonNames].sort());
        const used = new Set(cloudNames.flatMap((cloud) => tierNames.flatMap((tier) => expected[cloud][tier])));
        assert.deepEqual([...used].sort(), [...addonNames].sort());
    });

    it("leave out the metrics-server that a cluster has (AS-01)", async () => {
        const own = (metricsServer: "present" | "install-insecure"): Partial<Settings> => ({
            existing: { metricsServer },
        });
        const present = await layer(configOf("existing", "dev", own("present")));
        assert.ok(!releasesOf(present.resources).some(({ name }) => name === "metrics-server"));
        const values = async (config: ReturnType<typeof configOf>) =>
            inputs((await layer(config)).resources, release, "metrics-server")["values"] as Record<string, unknown>;
        assert.deepEqual((await values(configOf("existing", "dev", own("install-insecure"))))["args"], [
            "--kubelet-insecure-tls",
        ]);
        assert.deepEqual((await values(configOf("existing", "prod")))["args"], []);
    });

    it("have exact versions everywhere: charts, apps and images (PO-01)", () => {
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
    it("is all or nothing, keeps few revisions, makes no namespace and waits", async () => {
        const { resources } = await layer(configOf("aws", "prod"));
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
            assert.equal(own["version"], chartOf(name as AddonName).version);
            assert.ok(!("valueYamlFiles" in own));
        }
    });

    it("comes from its project's repository, or its registry", async () => {
        const { resources } = await layer(configOf("aws", "prod"));
        const origin = (name: string) => {
            const { chart, repositoryOpts } = inputs(resources, release, name);
            return [chart, (repositoryOpts as { repo?: string } | undefined)?.repo];
        };
        assert.deepEqual(origin("cert-manager"), ["cert-manager", "https://charts.jetstack.io"]);
        assert.deepEqual(origin("karpenter"), ["oci://public.ecr.aws/karpenter/karpenter", undefined]);
    });

    it("writes custom resource definitions from one place only", async () => {
        const { resources } = await layer(configOf("aws", "prod"));
        const skipped = Object.fromEntries(
            releasesOf(resources).map(({ name, inputs: own }) => [name, own["skipCrds"]]),
        );
        assert.deepEqual(skipped, {
            "cert-manager": true,
            "external-secrets": true,
            reloader: true,
            "external-dns": true,
            "aws-load-balancer-controller": false,
            "vertical-pod-autoscaler": false,
            "karpenter-crd": true,
            karpenter: true,
        });
        const values = (name: string) => inputs(resources, release, name)["values"] as Record<string, unknown>;
        assert.deepEqual(values("cert-manager")["crds"], { enabled: true, keep: true });
        assert.equal(values("external-secrets")["installCRDs"], true);
    });

    it("comes after its priority class, its network policies and what it needs", async () => {
        const { resources } = await layer(configOf("aws", "prod"));
        const dependencies = (name: string) =>
            (one(resources, release, name).options.dependsOn ?? []).map((urn) => urn.split("::").at(-1));
        for (const chart of charts.filter(({ clouds }) => clouds.includes("aws"))) {
            const found = dependencies(chart.name);
            for (const need of chart.needs ?? []) {
                assert.ok(found.includes(need), `${chart.name} after ${need}: ${found.join(", ")}`);
            }
            const policies = resources.filter(
                ({ type, parent }) => type === policy && parent?.endsWith(`ChartRelease::${chart.name}`),
            );
            assert.equal(policies.length, Object.keys(chart.pods).length, chart.name);
            for (const { name } of policies) {
                assert.ok(found.includes(name), `${chart.name} after ${name}`);
            }
            assert.ok(found.includes("addons-priority"), `${chart.name}: ${found.join(", ")}`);
        }
    });

    it("hands a cloud identity to the service account that asks for it, and to no other (SC-07)", async () => {
        const annotations = { "iam.gke.io/gcp-service-account": "dns@shop-project.iam.gserviceaccount.com" };
        const { resources } = await layer(configOf("gcp", "prod"), { "external-dns": { annotations } });
        const account = (name: string) =>
            (inputs(resources, release, name)["values"] as { serviceAccount: unknown }).serviceAccount;
        assert.deepEqual(account("external-dns"), { annotations });
        assert.deepEqual(account("cert-manager"), { annotations: {} });
    });

    it("gets the budget that its chart has no key for (AS-10)", async () => {
        const lacking = {
            ...chartOf("reloader"),
            pods: {
                manager: { ...chartOf("reloader").pods["controller"]!, budget: "ours" as const },
                once: { ...chartOf("reloader").pods["controller"]!, budget: "ours" as const, count: "single" as const },
            },
        };
        const budgets = async (tier: Tier) => {
            const made = await planned(() => {
                const args = argsOf(configOf("existing", tier));
                const settings = settingsOf(lacking, args);
                new ChartRelease("web", { chart: lacking, namespace: "security", settings, paths: existingPaths() });
            });
            return made.filter(({ type }) => type === budgetType);
        };
        const [found, ...others] = await budgets("prod");
        assert.deepEqual([found?.name, others], ["web-manager-budget", []]);
        assert.deepEqual(found?.inputs["spec"], {
            maxUnavailable: 1,
            selector: { matchLabels: { app: "reloader", release: "reloader" } },
            unhealthyPodEvictionPolicy: "AlwaysAllow",
        });
        // With one replica it would only keep the node from being drained.
        assert.deepEqual(await budgets("dev"), []);
    });
});

describe("what the add-ons promise", () => {
    it("is what to scrape, each by labels that only those pods have", async () => {
        const { addons, resources } = await layer(configOf("aws", "prod"));
        const keys = addons.scrapes.map(({ labels }) => JSON.stringify(labels));
        assert.equal(new Set(keys).size, keys.length);
        assert.ok(addons.scrapes.length >= 12, String(addons.scrapes.length));
        // No monitor is switched on: their kind is not served yet when these releases are made.
        assert.doesNotMatch(JSON.stringify(resources), /[sS]ervice[mM]onitor|[pP]od[mM]onitor/);
    });

    it("is one priority class above the shop's (CL-10)", async () => {
        const { resources } = await layer(configOf("gcp", "prod"));
        const own = inputs(resources, "kubernetes:scheduling.k8s.io/v1:PriorityClass", "addons-priority");
        assert.equal((own["metadata"] as { name: string }).name, "platform-addon");
        assert.deepEqual([own["value"], own["globalDefault"]], [1_000_000, false]);
    });
});
