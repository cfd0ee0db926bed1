import assert from "node:assert/strict";

import { declareDatabase } from "../../../components/database/declare";
import { configOf } from "../layers";

const data = (labels: Record<string, string>) => ({ namespace: "data", labels });
const instances = data({ "cnpg.io/podRole": "instance" });
const poolers = ["rw", "ro"].map((type) => data({ "cnpg.io/poolerName": `postgres-pooler-${type}` }));
const split = data({ "app.kubernetes.io/name": "pgpool", "app.kubernetes.io/part-of": "ecommerce-platform" });
const chart = (name: string) => data({ "app.kubernetes.io/name": name, "app.kubernetes.io/instance": name });
const operator = chart("cloudnative-pg");
const plugin = chart("plugin-barman-cloud");
const roles = ["initdb", "join", "full-recovery", "snapshot-recovery"];
const jobs = roles.map((role) => data({ "cnpg.io/jobRole": role }));

type Group = NonNullable<ReturnType<typeof declareDatabase>["pods"]>[number];

const group = (pods: readonly Group[] | undefined, name: string) => pods?.find((found) => found.name === name);

describe("what the database declares", () => {
    const prod = declareDatabase(configOf("gcp", "prod"));

    it("is the charts: the plugin where there is a bucket", () => {
        const row = (name: string, version: string) => ({
            ...{ name, chart: name, version, namespace: "data" },
            repo: "https://cloudnative-pg.github.io/charts",
        });
        const both = [row("cloudnative-pg", "0.29.0"), row("plugin-barman-cloud", "0.7.0")];
        assert.deepEqual(prod.charts, both);
        assert.deepEqual(declareDatabase(configOf("existing", "prod")).charts, both.slice(0, 1));
    });

    it("is each image by its tag", () => {
        assert.deepEqual(prod.images, [
            { image: "ghcr.io/cloudnative-pg/cloudnative-pg:1.30.0" },
            { image: "ghcr.io/cloudnative-pg/plugin-barman-cloud:v0.13.0" },
            { image: "ghcr.io/cloudnative-pg/plugin-barman-cloud-sidecar:v0.13.0" },
            { image: "ghcr.io/cloudnative-pg/postgresql:18.4-system-trixie" },
            { image: "ghcr.io/cloudnative-pg/pgbouncer:1.25.1" },
            { image: "docker.io/migrate/migrate:v4.19.1" },
            { image: "docker.io/pgpool/pgpool:4.4.3" },
        ]);
        assert.deepEqual(declareDatabase(configOf("existing", "dev")).images, [
            { image: "ghcr.io/cloudnative-pg/cloudnative-pg:1.30.0" },
            { image: "ghcr.io/cloudnative-pg/postgresql:18.4-system-trixie" },
            { image: "ghcr.io/cloudnative-pg/pgbouncer:1.25.1" },
            { image: "docker.io/migrate/migrate:v4.19.1" },
        ]);
    });

    it("is the stores: Pgpool-II's where it is on (X16)", () => {
        const endpoint = (service: string, podLabels: object) => ({
            ...{ kind: "cluster", namespace: "data", port: 5432 },
            ...{ service, podLabels },
        });
        const always = {
            "postgres-rw": endpoint("postgres-pooler-rw", poolers[0]?.labels ?? {}),
            "postgres-ro": endpoint("postgres-pooler-ro", poolers[1]?.labels ?? {}),
        };
        assert.deepEqual(prod.stores, { ...always, "postgres-split": endpoint("postgres-split", split.labels) });
        assert.deepEqual(declareDatabase(configOf("gcp", "dev")).stores, always);
    });

    it("is the instances, with the sidecar's resources, reached by what connects to PostgreSQL", () => {
        const calls = ["dns", "api-server", { pods: instances, port: 5432 }, "cloud"];
        const common = {
            namespace: "data",
            app: { name: "postgres", component: "database" },
            source: "controller",
            pool: "database",
            resources: { requests: { cpu: "6100m", memory: "24832Mi" }, limits: { cpu: "7", memory: "25088Mi" } },
            spread: "required",
            calls,
        };
        const sql = ["schema", "partition-maintenance", "reservation-cleanup", "daily-report"].map((name) => ({
            namespace: "data",
            labels: { "app.kubernetes.io/name": name, "app.kubernetes.io/part-of": "ecommerce-platform" },
        }));
        const callers = [instances, ...jobs, ...poolers, split, operator, ...sql].map((pods) => ({ pods, port: 5432 }));
        assert.deepEqual(group(prod.pods, "postgres"), {
            ...common,
            name: "postgres",
            labels: instances.labels,
            // Room for a restored one.
            count: { min: 4, max: 4, surge: 1 },
            // Only instances check whether they reach each other.
            calls: [...calls, { pods: instances, port: 8000 }],
            callers: [...callers, { pods: instances, port: 8000 }, { pods: operator, port: 8000 }, { metrics: 9187 }],
        });
        roles.forEach((role) => {
            assert.deepEqual(group(prod.pods, `postgres-${role}`), {
                ...common,
                name: `postgres-${role}`,
                labels: { "cnpg.io/jobRole": role },
                count: { min: 0, max: 0, surge: 0 },
                job: true,
                callers: [],
            });
        });
    });

    it("is instances without sidecar and cloud where there is no bucket", () => {
        const found = group(declareDatabase(configOf("existing", "dev")).pods, "postgres");
        assert.deepEqual(found?.resources, {
            requests: { cpu: "250m", memory: "1Gi" },
            limits: { cpu: "1", memory: "1Gi" },
        });
        assert.equal(found.calls.includes("cloud"), false);
    });

    it("is the poolers and Pgpool-II, each for the callers of its store", () => {
        const front = (name: string, store: string, labels: object, count: number) => ({
            name,
            namespace: "data",
            labels,
            app: { name, component: "database" },
            pool: "app",
            count: { min: count, max: count, surge: 1 },
            spread: "required",
            callers: [{ callersOf: store }],
        });
        ["rw", "ro"].forEach((type, index) => {
            const name = `postgres-pooler-${type}`;
            assert.deepEqual(group(prod.pods, name), {
                ...front(name, `postgres-${type}`, poolers[index]?.labels ?? {}, 3),
                source: "controller",
                resources: { requests: { cpu: "100m", memory: "128Mi" }, limits: { cpu: "1", memory: "256Mi" } },
                callers: [{ callersOf: `postgres-${type}` }, { metrics: 9127 }],
                calls: ["dns", "api-server", { pods: instances, port: 5432 }],
            });
        });
        assert.deepEqual(group(prod.pods, "pgpool"), {
            ...front("pgpool", "postgres-split", split.labels, 2),
            source: "object",
            resources: { requests: { cpu: "260m", memory: "272Mi" }, limits: { cpu: "1100m", memory: "576Mi" } },
            calls: ["dns", { pods: instances, port: 5432 }],
        });
    });

    it("is the operator, which calls instances and plugin, and the plugin, which only the operator calls", () => {
        const found = group(prod.pods, "cloudnative-pg-controller");
        assert.deepEqual(found?.callers, [{ webhook: 9443 }, { metrics: 8080 }]);
        assert.deepEqual(found.calls, [
            "dns",
            "api-server",
            { pods: instances, port: 8000 },
            { pods: instances, port: 5432 },
            { pods: plugin, port: 9090 },
        ]);
        const called = group(prod.pods, "plugin-barman-cloud-plugin");
        assert.deepEqual(called?.callers, [{ pods: operator, port: 9090 }]);
        assert.deepEqual(called.calls, ["dns", "api-server"]);
    });
});
