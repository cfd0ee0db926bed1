import assert from "node:assert/strict";

import type { KubeClient } from "../../control-plane/client";
import { at, textAt, type KubeObject } from "../../control-plane/json";
import { assertRestricted } from "./assertions";
import { byWorkload, countedResources, listed, readyEndpoints, runningPods, workloadOf } from "./pods";
import { selectedBy } from "./selectors";

/** A healthy cluster of prod on gcp. */
export interface Made {
    readonly client: KubeClient;
    /** The objects of the plan that are no operator's. */
    readonly planned: readonly KubeObject[];
    /** Pods of the operator's Jobs, by job; it deletes them when they are done. */
    readonly jobs: ReadonlyMap<string, KubeObject>;
}

/** Tests of what the operator has created in a healthy cluster. */
export function itMakesWhatIsPlanned(made: () => Made): void {
    const client = (): KubeClient => made().client;
    const planned = (): readonly KubeObject[] => made().planned;
    const jobs = (): Made["jobs"] => made().jobs;
    const pods = (): Promise<Map<string, KubeObject>> => runningPods(client());
    const isOfCertificate = (secret: string): boolean =>
        planned().some((one) => one.kind === "Certificate" && textAt(one, "spec", "secretName") === secret);

    it("makes these pods and claims, with the budgets, accounts and Secrets that they need", async () => {
        const names = async (root: string, plural: string) => [...(await listed(client(), root, plural)).keys()];
        assert.deepEqual(
            byWorkload(await pods(), () => 1),
            {
                pgpool: [1, 1],
                "postgres-1": [1],
                "postgres-2": [1],
                "postgres-3": [1],
                "postgres-4": [1],
                "postgres-pooler-ro": [1, 1, 1],
                "postgres-pooler-rw": [1, 1, 1],
            },
        );
        const claims = await listed(client(), "/api/v1", "persistentvolumeclaims");
        const sizes = [...claims].map(([name, { spec }]) => [name, textAt(spec, "resources", "requests", "storage")]);
        assert.deepEqual(
            sizes,
            [1, 2, 3, 4].flatMap((serial) => [
                [`postgres-${serial}`, "200Gi"],
                [`postgres-${serial}-wal`, "50Gi"],
            ]),
        );
        const made = (all: readonly string[], kind: string) =>
            all.filter((name) => !planned().some((one) => one.kind === kind && one.metadata.name === name));
        assert.deepEqual(made(await names("/apis/policy/v1", "poddisruptionbudgets"), "PodDisruptionBudget"), [
            "postgres",
            "postgres-primary",
        ]);
        const accounts = await names("/api/v1", "serviceaccounts");
        assert.deepEqual(made(accounts, "ServiceAccount"), [
            "default",
            "postgres",
            "postgres-pooler-ro",
            "postgres-pooler-rw",
        ]);
        assert.deepEqual(
            made(await names("/api/v1", "secrets"), "Secret").filter((name) => !isOfCertificate(name)),
            ["postgres-ca", "postgres-pooler", "postgres-replication"],
        );
    });

    it("makes the Services that the shop is told, with ready pods behind them", async () => {
        const endpoints = await readyEndpoints(client());
        const workloads = Object.entries(endpoints).map(([service, names]) => [service, names.map(workloadOf)]);
        assert.deepEqual(Object.fromEntries(workloads), {
            "postgres-pooler-ro": Array(3).fill("postgres-pooler-ro"),
            "postgres-pooler-rw": Array(3).fill("postgres-pooler-rw"),
            "postgres-r": ["postgres-1", "postgres-2", "postgres-3", "postgres-4"],
            "postgres-ro": ["postgres-2", "postgres-3", "postgres-4"],
            "postgres-rw": ["postgres-1"],
            "postgres-split": ["pgpool", "pgpool"],
        });
    });

    it("makes pods that the network policies of their declared groups select, and no others", async () => {
        const policies = (pod: KubeObject) => selectedBy(planned(), "NetworkPolicy", ["spec", "podSelector"], pod);
        const common = ["allow-dns", "default-deny"];
        assert.deepEqual(byWorkload(await pods(), policies), {
            pgpool: Array(2).fill([...common, "pgpool"]),
            "postgres-1": [[...common, "postgres"]],
            "postgres-2": [[...common, "postgres"]],
            "postgres-3": [[...common, "postgres"]],
            "postgres-4": [[...common, "postgres"]],
            "postgres-pooler-ro": Array(3).fill([...common, "postgres-pooler-ro"]),
            "postgres-pooler-rw": Array(3).fill([...common, "postgres-pooler-rw"]),
        });
        // The pods that initialise volumes, as the templates of their Jobs: the Jobs themselves are deleted.
        assert.deepEqual([...jobs().keys()].sort(), [
            "postgres-1-initdb",
            ...[2, 3, 4].map((serial) => `postgres-${serial}-join`),
        ]);
        assert.deepEqual([...jobs().values()].map((job) => policies(job)).sort(), [
            [...common, "postgres-initdb"],
            ...Array<string[]>(3).fill([...common, "postgres-join"]),
        ]);
    });

    it("makes pods that the plan's monitors and budgets select", async () => {
        const selecting = (kind: string) => (pod: KubeObject) => selectedBy(planned(), kind, ["spec", "selector"], pod);
        const monitors = byWorkload(await pods(), selecting("PodMonitor"));
        assert.deepEqual(
            [monitors["postgres-1"], monitors["postgres-pooler-ro"]?.[0], monitors["pgpool"]?.[0]],
            [[["postgres"]], ["postgres-pooler-ro"], []],
        );
        const budgets = byWorkload(await pods(), selecting("PodDisruptionBudget"));
        // Those of the instances are the operator's own.
        assert.deepEqual(
            [budgets["postgres-1"], budgets["postgres-pooler-rw"]?.[0], budgets["pgpool"]?.[0]],
            [[[]], ["postgres-pooler-rw"], ["pgpool"]],
        );
    });

    it("makes pods with the resources of their declared groups", async () => {
        const instance = { requests: "6000m 24576Mi", limits: "6000m 24576Mi" };
        const pooler = { requests: "100m 128Mi", limits: "1000m 256Mi" };
        assert.deepEqual(
            byWorkload(await pods(), (pod) => countedResources(at(pod, "spec"))),
            {
                // Pgpool-II, and the container that attaches a new primary.
                pgpool: Array(2).fill({ requests: "260m 272Mi", limits: "1100m 576Mi" }),
                "postgres-1": [instance],
                "postgres-2": [instance],
                "postgres-3": [instance],
                "postgres-4": [instance],
                "postgres-pooler-ro": Array(3).fill(pooler),
                "postgres-pooler-rw": Array(3).fill(pooler),
            },
        );
    });

    it("makes pods that may do nothing but their work, which Pod Security admitted", async () => {
        assertRestricted((await pods()).values());
        const { body } = await client().call({ method: "GET", path: "/api/v1/namespaces/data" });
        assert.equal(textAt(body, "metadata", "labels", "pod-security.kubernetes.io/enforce"), "restricted");
    });
}
