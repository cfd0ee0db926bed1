import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

import { toolPath } from "../../tools/toolchain/paths";
import { runbook, ways } from "../docs/runbook-commands";
import { admit } from "./admission/admit";
import { at, listAt, type JsonObject, type KubeObject } from "./control-plane/json";
import { startControlPlane } from "./control-plane/start-with-crds";
import type { ControlPlane } from "./control-plane/start";
import { eventually } from "./control-plane/wait";
import { log } from "./log";
import { restrictedContainer } from "./operators/common";
import { provideVolumes } from "./operators/volumes";
import { planOf } from "./plan/cases";
import { findingsText } from "./plan/finding";
import { plannedObjects } from "./plan/objects";

const instance = { "cnpg.io/cluster": "postgres", "cnpg.io/instanceName": "postgres-1" };

const endpointsOf = (service: string) => ({ "kubernetes.io/service-name": service });

/** What CloudNativePG makes, with the labels that `operators/real-cloud-native-pg.spec.ts` finds on it. */
const made: readonly KubeObject[] = [
    {
        apiVersion: "v1",
        kind: "Pod",
        metadata: {
            name: "postgres-1",
            namespace: "data",
            labels: { ...instance, "cnpg.io/instanceRole": "primary", "cnpg.io/podRole": "instance" },
        },
        spec: {
            securityContext: { runAsNonRoot: true, runAsUser: 26, seccompProfile: { type: "RuntimeDefault" } },
            containers: [
                {
                    name: "postgres",
                    image: "ghcr.io/cloudnative-pg/postgresql:18.4-system-trixie",
                    securityContext: { ...restrictedContainer, readOnlyRootFilesystem: true },
                },
            ],
        },
    },
    {
        apiVersion: "v1",
        kind: "PersistentVolumeClaim",
        metadata: { name: "postgres-1", namespace: "data", labels: instance },
        spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "200Gi" } } },
    },
    {
        apiVersion: "discovery.k8s.io/v1",
        kind: "EndpointSlice",
        metadata: { name: "postgres-ro-1", namespace: "data", labels: endpointsOf("postgres-ro") },
        addressType: "IPv4",
        endpoints: [{ addresses: ["10.0.0.7"] }],
        ports: [{ name: "postgres", port: 5432 }],
    },
    {
        apiVersion: "postgresql.cnpg.io/v1",
        kind: "Backup",
        metadata: { name: "postgres-full-20261122020000", namespace: "data" },
        spec: { cluster: { name: "postgres" }, method: "plugin" },
    },
];

const window = { postgres: { firstRecoverabilityPoint: "2026-11-15T02:00:00Z" } };

const roles = { byStatus: { reconciled: ["order_service"] } };

/** kubectl runs the runbooks' commands, unchanged, on prod's objects. Their operators do not run. Rows BK-03, DB-17. */
describe("the commands of the runbooks: prod on gcp", () => {
    let plane: ControlPlane;
    let stop = (): Promise<void> => Promise.resolve();
    const run = new Set<string>();

    before(async () => {
        plane = await startControlPlane({ components: ["kube-controller-manager"], definitions: "all" }, log);
        stop = () => plane.stop();
        const planned = plannedObjects(await planOf({ stack: "prod", cloud: "gcp" }));
        assert.equal(findingsText(await admit(plane.client, planned)), "");
        for (const object of made) {
            const { status, body } = await plane.client.apply(object);
            assert.equal(status, 201, JSON.stringify(body));
        }
        const [restore] = runbook("restore").filter(({ info }) => info === "yaml");
        writeFileSync(join(plane.folder, "restore.yaml"), restore?.lines.join("\n") ?? "");
    });

    after(async () => {
        await stop();
    });

    /** Runs the command of the table with these words as the runbook has it, and returns what it prints. */
    async function command(...contains: readonly string[]): Promise<string> {
        const found = ways.cluster.filter((line) => contains.every((words) => line.includes(words)));
        assert.equal(found.length, 1, contains.join(" "));
        run.add(found[0]!);
        const home = join(plane.folder, "home");
        mkdirSync(home, { recursive: true });
        const path = `${dirname(toolPath("kubectl"))}:${process.env["PATH"] ?? ""}`;
        const env = { PATH: path, HOME: home, KUBECONFIG: plane.kubeconfig };
        const limit = { cwd: plane.folder, env, timeout: 120_000 };
        const { stdout } = await promisify(execFile)("bash", ["--norc", "-eo", "pipefail", "-c", found[0]!], limit);
        return stdout;
    }

    /** Writes the status of an object, as its operator does. */
    function status(path: string, value: JsonObject): Promise<JsonObject> {
        return plane.client.must({
            method: "PATCH",
            path: `${path}/status`,
            contentType: "application/merge-patch+json",
            body: { status: value },
        });
    }

    /** The cells of what `kubectl get` prints, without its heading and its ages. */
    const cells = (text: string): string[] =>
        text
            .trim()
            .split("\n")
            .slice(1)
            .map((line) => line.split(/ +/)[0] ?? "");

    it("show PostgreSQL's instances with their roles, volumes and readers", async () => {
        const pods = await command("get pods");
        assert.match(pods, /^NAME +READY +STATUS +RESTARTS +AGE +INSTANCEROLE\npostgres-1 .* primary\n$/);
        assert.deepEqual(cells(await command("get persistentvolumeclaims --namespace data")), ["postgres-1"]);
        assert.match(await command("get endpointslices"), /^postgres-ro-1 +IPv4 +5432 +10\.0\.0\.7 /m);
    });

    it("show what can be restored: the field exists, and holds the window of each server", async () => {
        await status("/apis/barmancloud.cnpg.io/v1/namespaces/data/objectstores/postgres", {
            serverRecoveryWindow: window,
        });
        assert.deepEqual(JSON.parse(await command("get objectstore")), window);
        assert.deepEqual(cells(await command("get backups")), ["postgres-full-20261122020000"]);
    });

    it("create the Jobs that copy and restore Valkey, the newest copy or another", async () => {
        const jobs = "/apis/batch/v1/namespaces/cache/jobs";
        assert.equal(await command("create job copy-1"), "job.batch/copy-1 created\n");
        assert.equal(await command("create job restore-1"), "job.batch/restore-1 created\n");
        assert.equal(await command("create job restore-2"), "job.batch/restore-2 created\n");
        const { body } = await plane.client.call({ method: "GET", path: `${jobs}/restore-2` });
        const [download] = listAt(body, "spec", "template", "spec", "initContainers");
        const copy = listAt(download, "env").filter((one) => at(one, "name") === "COPY");
        assert.deepEqual(copy, [{ name: "COPY", value: "2026-11-22T02-20-00Z" }]);
    });

    it("show the database's CronJobs, and create the Job that creates partitions (DB-12)", async () => {
        const others = ["postgres-monthly", "postgres-snapshots", "reservation-cleanup"];
        const names = ["daily-report", "partition-maintenance", ...others, "search-restore", "search-snapshots"];
        assert.deepEqual(cells(await command("get cronjobs")), names);
        assert.equal(await command("create job partitions-1"), "job.batch/partitions-1 created\n");
    });

    it("create the Jobs that warm the cache, with the usual number of products or another (CA-09)", async () => {
        assert.equal(await command("create job warm-1"), "job.batch/warm-1 created\n");
        assert.equal(await command("create job warm-2"), "job.batch/warm-2 created\n");
        const products = async (name: string) => {
            const path = `/apis/batch/v1/namespaces/services/jobs/${name}`;
            const { body } = await plane.client.call({ method: "GET", path });
            const [read] = listAt(body, "spec", "template", "spec", "initContainers");
            return listAt(read, "env").filter((one) => at(one, "name") === "PRODUCTS");
        };
        assert.deepEqual(await products("warm-1"), [{ name: "PRODUCTS", value: "500" }]);
        assert.deepEqual(await products("warm-2"), [{ name: "PRODUCTS", value: "2000" }]);
    });

    it("create the Jobs that register and restore snapshots of the search, the newest or another", async () => {
        const jobs = "/apis/batch/v1/namespaces/data/jobs";
        assert.equal(await command("create job search-register-1"), "job.batch/search-register-1 created\n");
        assert.equal(await command("create job search-restore-1"), "job.batch/search-restore-1 created\n");
        assert.equal(await command("create job search-restore-2"), "job.batch/search-restore-2 created\n");
        const { body } = await plane.client.call({ method: "GET", path: `${jobs}/search-restore-2` });
        const [restore] = listAt(body, "spec", "template", "spec", "containers");
        const snapshot = listAt(restore, "env").filter((one) => at(one, "name") === "SNAPSHOT");
        assert.deepEqual(snapshot, [{ name: "SNAPSHOT", value: "search-2026.11.21-hvjgoolosjg5yo9zqnbjow" }]);
    });

    it("restore a Cluster beside the first one, wait for it and delete it", async () => {
        const clusters = "/apis/postgresql.cnpg.io/v1/namespaces/data/clusters";
        // Strict validation: an unknown field is an error.
        assert.equal(await command("apply --filename restore.yaml"), "cluster.postgresql.cnpg.io/restore created\n");
        const lastTransitionTime = "2026-11-22T09:00:00Z";
        const ready = { type: "Ready", status: "True", reason: "ClusterIsReady", message: "", lastTransitionTime };
        await status(`${clusters}/restore`, { conditions: [ready] });
        assert.equal(await command("kubectl wait"), "cluster.postgresql.cnpg.io/restore condition met\n");
        assert.match(await command("delete cluster restore"), /"restore" deleted/);
        const left = (await plane.client.list(clusters)).map(({ metadata }) => metadata.name);
        assert.deepEqual(left, ["postgres"]);
    });

    it("show that the operator has applied new passwords, and wait for the services' pods", async () => {
        await status("/apis/postgresql.cnpg.io/v1/namespaces/data/clusters/postgres", { managedRolesStatus: roles });
        assert.deepEqual(JSON.parse(await command("managedRolesStatus")), roles);
        const pods = "/api/v1/namespaces/services/pods";
        const selector = { labelSelector: "app.kubernetes.io/name=order" };
        const order = await eventually("a pod of the service", async () => {
            const found = await plane.client.list(pods, selector);
            return found.length === 0 ? undefined : found;
        });
        for (const { metadata } of order) {
            await status(`${pods}/${metadata.name}`, {
                phase: "Running",
                // Longer ago than any minReadySeconds.
                conditions: [{ type: "Ready", status: "True", lastTransitionTime: "2026-01-01T00:00:00Z" }],
            });
        }
        assert.match(await command("rollout status"), /deployment "order" successfully rolled out\n$/);
    });

    it("grow the claims that the StatefulSets of Valkey have made", async () => {
        const claims = "/api/v1/namespaces/cache/persistentvolumeclaims";
        const state = { labelSelector: "app.kubernetes.io/name=valkey-state" };
        const sizes = async (field: "spec" | "status") =>
            (await plane.client.list(claims, state)).map((claim) => {
                const { resources, capacity } = claim[field] as {
                    readonly resources?: { readonly requests: { readonly storage: string } };
                    readonly capacity?: { readonly storage: string };
                };
                return (resources?.requests ?? capacity)?.storage;
            });
        const six = (size: string) => Array.from({ length: 6 }, () => size);
        await eventually("six claims", async () => ((await sizes("spec")).length === 6 ? true : undefined));
        for (const { metadata } of await plane.client.list(claims)) {
            // As the scheduler does; only bound claims can grow.
            await plane.client.must({
                method: "PATCH",
                path: `${claims}/${metadata.name}`,
                contentType: "application/merge-patch+json",
                body: { metadata: { annotations: { "volume.kubernetes.io/selected-node": "node" } } },
            });
        }
        await eventually("bound claims", async () => {
            await provideVolumes(plane.client);
            return JSON.stringify(await sizes("status")) === JSON.stringify(six("8Gi")) ? true : undefined;
        });
        await command("kubectl patch");
        assert.deepEqual(await sizes("spec"), six("12Gi"));
    });

    it("are all that the table lists", () => {
        assert.deepEqual([...run].sort(), [...ways.cluster].sort());
    });
});
