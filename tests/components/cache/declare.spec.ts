import assert from "node:assert/strict";

import { declareCaches } from "../../../components/cache/declare";
import { configOf } from "../layers";

const labels = (name: string) => ({
    "app.kubernetes.io/name": name,
    "app.kubernetes.io/part-of": "ecommerce-platform",
});

describe("what the cache layer declares", () => {
    const valkey = (name: string, count: number, more: readonly object[] = []) => {
        const pods = { namespace: "cache", labels: { "app.kubernetes.io/name": name } };
        const common = {
            namespace: "cache",
            source: "object",
            pool: "cache",
            app: { name, component: "cache" },
        };
        return [
            {
                ...common,
                name,
                labels: labels(name),
                spread: "required",
                count: { min: count, max: count, surge: 0 },
                resources: {
                    requests: { cpu: "170m", memory: "2112Mi" },
                    limits: { cpu: "1200m", memory: "2176Mi" },
                },
                callers: [
                    { callersOf: name },
                    { pods, port: 6379 },
                    { pods, port: 16379 },
                    { pods: { namespace: "cache", labels: labels(`${name}-formed`) }, port: 6379 },
                    { metrics: 9121 },
                    ...more,
                ],
                calls: ["dns", { pods, port: 6379 }, { pods, port: 16379 }],
            },
            {
                ...common,
                name: `${name}-formed`,
                app: { name: `${name}-formed`, component: "cache" },
                labels: labels(`${name}-formed`),
                spread: "preferred",
                count: { min: 0, max: count === 0 ? 0 : 1, surge: 0 },
                job: true,
                resources: { requests: { cpu: "10m", memory: "32Mi" }, limits: { cpu: "100m", memory: "64Mi" } },
                callers: [],
                calls: ["dns", { pods, port: 6379 }],
            },
        ];
    };
    const memcached = (count: number) => ({
        name: "memcached",
        namespace: "cache",
        labels: labels("memcached"),
        app: { name: "memcached", component: "cache" },
        source: "object",
        pool: "cache",
        spread: "required",
        count: { min: count, max: count, surge: 0 },
        resources: { requests: { cpu: "160m", memory: "2080Mi" }, limits: { cpu: "1100m", memory: "2112Mi" } },
        callers: [{ callersOf: "memcached" }, { metrics: 9150 }],
        calls: [],
    });

    it("is every pod of prod, with who calls whom (NW-05)", () => {
        // Those of the copies are in backup/backup.spec.ts.
        const pods = declareCaches(configOf("gcp", "prod")).pods?.slice(0, 5);
        const copies = ["valkey-state-backup", "valkey-state-restore"].map((name) => ({
            pods: { namespace: "cache", labels: labels(name) },
            port: 6379,
        }));
        assert.deepEqual(pods, [...valkey("valkey-state", 6, copies), ...valkey("valkey-cache", 6), memcached(3)]);
    });

    it("is no pod in a replica of the stack (CL-18)", () => {
        const recovery = { role: "replica", replicaOf: "prod" } as const;
        assert.deepEqual(declareCaches(configOf("aws", "prod", { recovery })).pods, [
            ...valkey("valkey-state", 0),
            ...valkey("valkey-cache", 0),
            memcached(0),
        ]);
    });

    it("is on the data pool of the compact profile, and on any node of a laptop", () => {
        const pools = (declared: ReturnType<typeof declareCaches>) => [
            ...new Set((declared.pods ?? []).map(({ pool, count }) => `${pool} ${count.max}`)),
        ];
        assert.deepEqual(pools(declareCaches(configOf("gcp", "dev", { nodePools: { profile: "compact" } }))), [
            "data 1",
        ]);
        const laptop = configOf("existing", "dev", { existing: { dedicatedPools: false } });
        assert.deepEqual(pools(declareCaches(laptop)), ["app 1"]);
    });

    it("is five images with a bucket, which the fifth one copies to", () => {
        assert.deepEqual(declareCaches(configOf("gcp", "prod")).images, [
            { image: "docker.io/valkey/valkey:9.1.1-alpine" },
            { image: "docker.io/oliver006/redis_exporter:v1.83.0-alpine" },
            { image: "docker.io/library/memcached:1.6.39-alpine" },
            { image: "docker.io/prom/memcached-exporter:v0.15.4" },
            { image: "ghcr.io/cloudnative-pg/postgresql:18.4-system-trixie" },
        ]);
        assert.equal(declareCaches(configOf("existing", "dev")).images?.length, 4);
    });
});
