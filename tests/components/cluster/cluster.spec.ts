import assert from "node:assert/strict";
import { inspect } from "node:util";

import * as pulumi from "@pulumi/pulumi";

import { cloudProviders } from "../../../components/cloud";
import { createCluster } from "../../../components/cluster";
import { groupPlans, shares } from "../../../components/cluster/aws/node-pool";
import { defaultKubeconfigEndpoint, serverOf } from "../../../components/cluster/existing";
import { maintenanceWindow } from "../../../components/cluster/gcp/maintenance";
import { eksAdminRoleName, eksName, gkeName } from "../../../components/cluster/naming";
import { poolLabel, poolLabels, poolTaints } from "../../../components/common/pools";
import type { Settings } from "../../../components/platform-config";
import { clusterArgs, configOf, declaredOf, inputs, planned, tally } from "../layers";

describe("the pools' labels and taints", () => {
    it("are the same for nodes and pods (CL-05 to CL-07, CL-12, CL-15)", () => {
        assert.equal(poolLabel, "workload");
        assert.deepEqual(poolTaints, {
            app: undefined,
            database: { key: "workload", value: "database", effect: "NoSchedule" },
            cache: { key: "workload", value: "cache", effect: "NoSchedule" },
            payment: { key: "pci", value: "true", effect: "NoSchedule" },
            spot: { key: "workload", value: "spot", effect: "NoSchedule" },
            frontend: undefined,
            backend: undefined,
            data: undefined,
        });
        for (const [pool, labels] of Object.entries(poolLabels)) {
            assert.equal(labels[poolLabel], pool);
            assert.equal(labels["pci"], pool === "payment" ? "true" : undefined);
        }
    });
});

describe("the node groups of a pool on AWS", () => {
    const zones = ["a", "b", "c"];

    it("distribute a count evenly", () => {
        assert.deepEqual(
            [shares(4, 3), shares(6, 3), shares(2, 3), shares(0, 3)],
            [
                [2, 1, 1],
                [2, 2, 2],
                [1, 1, 0],
                [0, 0, 0],
            ],
        );
    });

    it("are one per zone where pods have volumes and one over all zones elsewhere, with exact bounds (CL-03)", () => {
        for (const pool of ["app", "database", "cache", "payment"] as const) {
            for (const [min, max] of [
                [3, 3],
                [4, 4],
                [6, 20],
                [0, 2],
            ] as const) {
                const groups = groupPlans(pool, { min, max, zones }, zones);
                const sum = (key: "min" | "max") => groups.reduce((total, group) => total + group[key], 0);
                assert.deepEqual([sum("min"), sum("max")], [min, max]);
                assert.ok(groups.every((group) => group.min <= group.max && group.max > 0));
                assert.equal(groups.length, pool === "database" || pool === "cache" ? Math.min(3, max) : 1);
            }
        }
    });
});

describe("the names of clusters", () => {
    it("contain the stack's name (CL-01, CL-02)", () => {
        assert.equal(gkeName("dev"), "ecommerce-gke-dev");
        assert.equal(eksName("dev"), "ecommerce-eks-dev");
        assert.equal(eksAdminRoleName("dev"), "ecommerce-eks-dev-admin");
    });
});

describe("the maintenance window", () => {
    const cases = [
        ["0 3 * * 6", "2025-01-11T03:00:00Z", "2025-01-11T15:00:00Z", "SA"],
        ["30 22 * * 0,3", "2025-01-05T22:30:00Z", "2025-01-06T04:30:00Z", "SU,WE"],
        ["15 2 * * 1-5", "2025-01-06T02:15:00Z", "2025-01-06T06:15:00Z", "MO,TU,WE,TH,FR"],
        ["0 1 * * 0", "2025-01-05T01:00:00Z", "2025-01-05T13:00:00Z", "SU"],
    ] as const;
    for (const [cron, startTime, endTime, days] of cases) {
        it(`has 48 hours in 32 days, as GKE requires: ${cron}`, () => {
            assert.deepEqual(maintenanceWindow(cron), { startTime, endTime, recurrence: `FREQ=WEEKLY;BYDAY=${days}` });
            const hours = (Date.parse(endTime) - Date.parse(startTime)) / 3_600_000;
            assert.ok(hours >= 4 && hours * days.split(",").length * 4 >= 48);
        });
    }

    it("is rejected where it does not recur by week", () => {
        for (const cron of ["0 3 1 * *", "*/5 3 * * 6", "0 1,2 * * 6"]) {
            assert.throws(() => maintenanceWindow(cron), /does not recur by week; give one such as 0 3 \* \* 6$/);
        }
    });
});

const kubeconfig = `
current-context: kind
contexts:
  - { name: kind, context: { cluster: one, user: me } }
  - { name: other, context: { cluster: two, user: me } }
clusters:
  - { name: one, cluster: { server: "https://127.0.0.1:6443" } }
  - { name: two, cluster: { server: "https://127.0.0.1:7443" } }
users:
  - { name: me, user: { token: canary } }
`;

describe("an existing cluster", () => {
    const provider = async (existing: NonNullable<Settings["existing"]>) => {
        const config = configOf("existing", "dev", { existing });
        const resources = await planned(() => createCluster("cluster", { ...clusterArgs(config), network: undefined }));
        assert.deepEqual(tally(resources), { "pulumi:providers:kubernetes": 1, "shop:cluster:ExistingCluster": 1 });
        return inputs(resources, "pulumi:providers:kubernetes", "cluster-kubernetes");
    };

    const usual = { enableServerSideApply: "true", clusterIdentifier: "dev" };

    it("uses the machine's kubeconfig where none is given", async () => {
        assert.deepEqual(await provider({}), { ...usual, kubeconfig: "" });
        assert.deepEqual(await provider({ context: "kind" }), { ...usual, kubeconfig: "", context: "kind" });
    });

    it("has no path of this machine in the provider's inputs", async () => {
        const before = process.env["KUBECONFIG"];
        process.env["KUBECONFIG"] = "/a/path/of/one/machine/kubeconfig.yaml";
        try {
            assert.deepEqual(await provider({}), { ...usual, kubeconfig: "" });
        } finally {
            if (before === undefined) {
                delete process.env["KUBECONFIG"];
            } else {
                process.env["KUBECONFIG"] = before;
            }
        }
    });

    it("uses the given kubeconfig, as a secret, and the given identity", async () => {
        const expected = { ...usual, kubeconfig: "[secret]", context: "other" };
        assert.deepEqual(await provider({ kubeconfig, context: "other" }), expected);
        assert.deepEqual(await provider({ identity: "minikube" }), {
            ...usual,
            kubeconfig: "",
            clusterIdentifier: "minikube",
        });
    });

    it("returns the control plane's address", async () => {
        assert.equal(serverOf(kubeconfig, undefined), "https://127.0.0.1:6443");
        assert.equal(serverOf(kubeconfig, "other"), "https://127.0.0.1:7443");
        const config = configOf("existing", "dev");
        let endpoint: pulumi.Output<string> | undefined;
        await planned(
            () => (endpoint = createCluster("cluster", { ...clusterArgs(config), network: undefined }).endpoint),
        );
        const text = await new Promise((resolve) => {
            pulumi.output(endpoint).apply(resolve);
        });
        assert.equal(text, defaultKubeconfigEndpoint);
    });

    for (const [problem, text, context] of [
        ["is not YAML", "canary: [", undefined],
        ["has no current-context, and existing.context names none", "canary: 1", undefined],
        ["has no current-context, and existing.context names none", "", undefined],
        ["has no context gone with a cluster and its server", kubeconfig, "gone"],
    ] as const) {
        it(`is rejected where the kubeconfig ${problem}, without showing its contents`, () => {
            const message = `existing.kubeconfig ${problem}; give a whole kubeconfig, such as kubectl config view --raw prints`;
            assert.throws(
                () => serverOf(text, context),
                (error: Error) => {
                    assert.equal(error.message, message);
                    // Neither the message nor a cause shows the contents, which contain credentials.
                    assert.doesNotMatch(inspect(error, { depth: 10 }), /canary/);
                    return true;
                },
            );
        });
    }
});

describe("the cluster layer", () => {
    it("requires a network where it creates nodes", async () => {
        for (const cloud of ["gcp", "aws"] as const) {
            const config = configOf(cloud, "dev");
            const args = { config, declared: declaredOf(config), network: undefined };
            const run = planned(() => createCluster("cluster", args));
            await assert.rejects(run, /network is missing/);
        }
    });

    it("uses providers that are bound to the stack's account and region", async () => {
        const labels = { "part-of": "ecommerce-platform", "managed-by": "pulumi", stack: "dev", tier: "dev" };
        const view = async (cloud: "gcp" | "aws" | "existing") =>
            (await planned(() => cloudProviders(configOf(cloud, "dev")))).map(({ type, inputs: own }) => [type, own]);
        const [[gcpType, gcp] = []] = await view("gcp");
        assert.equal(gcpType, "pulumi:providers:gcp");
        assert.deepEqual(
            { ...(gcp as object) },
            { project: "shop-project", region: "us-central1", defaultLabels: JSON.stringify(labels) },
        );
        const [[awsType, aws] = []] = await view("aws");
        assert.equal(awsType, "pulumi:providers:aws");
        assert.equal((aws as Record<string, unknown>)["allowedAccountIds"], JSON.stringify(["123456789012"]));
        assert.equal((aws as Record<string, unknown>)["region"], "us-east-1");
        assert.deepEqual(await view("existing"), []);
    });
});
