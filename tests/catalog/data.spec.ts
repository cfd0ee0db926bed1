import assert from "node:assert/strict";

import { caches, l1CacheMiB } from "../../catalog/caches";
import { type ClusterEndpoint, stores } from "../../catalog/stores";
import { declaredOf, configOf } from "../components/layers";
import { type Topic, topics } from "../../catalog/topics";
import { workloads } from "../../catalog/workloads";

describe("the caches", () => {
    const table = {
        // CA-04 to CA-08.
        sessions: [24 * 60 * 60, "write-through", "valkey-state"],
        carts: [7 * 24 * 60 * 60, "write-through", "valkey-state"],
        catalogue: [60 * 60, "cache-aside", "memcached"],
        "search-results": [15 * 60, "cache-aside", "valkey-cache"],
        "popular-products": [30 * 60, "background-refresh", "valkey-cache"],
    } as const;

    it("are these five", () => {
        assert.deepEqual(Object.keys(caches), Object.keys(table));
    });

    for (const [name, row] of Object.entries(table)) {
        it(`${name}: ${row[0]} s, ${row[1]}, in ${row[2]}`, () => {
            const { ttlSeconds, strategy, store } = caches[name as keyof typeof table];
            assert.deepEqual([ttlSeconds, strategy, store], row);
        });
    }

    it("use valkey-state for write-through data and nothing else (CA-06)", () => {
        for (const cache of Object.values(caches)) {
            assert.equal(cache.store === "valkey-state", cache.strategy === "write-through", cache.description);
        }
    });

    it("give each service 256 MiB in-process (CA-03)", () => {
        assert.equal(l1CacheMiB, 256);
    });
});

describe("the topics", () => {
    const all: Readonly<Record<string, Topic>> = topics;

    it("are these eleven, with their partitions and retention in days (MQ-01, MQ-02)", () => {
        const rows = Object.entries(all).map(([name, topic]) => [
            name,
            topic.partitions ?? 6,
            (topic.retentionHours ?? 168) / 24,
        ]);
        assert.deepEqual(rows, [
            ["user.registered", 6, 7],
            ["product.updated", 6, 7],
            ["stock.changed", 12, 7],
            ["orders.created", 30, 7],
            ["orders.status", 12, 7],
            ["payments.completed", 6, 7],
            ["payments.failed", 6, 7],
            ["payments.retry.1m", 6, 7],
            ["payments.retry.10m", 6, 7],
            ["payments.retry.1h", 6, 7],
            ["payments.dlq", 6, 30],
        ]);
    });

    it("have names that Kafka accepts, with dots only, which avoids collisions in its metrics", () => {
        for (const name of Object.keys(all)) {
            assert.match(name, /^[a-z0-9]+(\.[a-z0-9]+)+$/);
        }
    });

    it("have at least 30 partitions for orders.created, as a flash sale needs (AS-08)", () => {
        assert.ok((all["orders.created"]?.partitions ?? 0) >= 30);
    });

    it("give a failed payment three retry delays, used by payment only (MQ-02)", () => {
        const retryTopics = ["payments.retry.1m", "payments.retry.10m", "payments.retry.1h"];
        assert.deepEqual(workloads.payment.consumes, retryTopics);
        for (const [name, workload] of Object.entries(workloads)) {
            const used = [...(workload.produces ?? []), ...(workload.consumes ?? [])];
            const retries = used.some((topic) => topic.startsWith("payments.retry") || topic === "payments.dlq");
            assert.equal(retries, name === "payment", name);
        }
    });
});

describe("the stores", () => {
    const endpoints = declaredOf(configOf("gcp", "prod")).stores as Readonly<Record<string, ClusterEndpoint>>;

    it("answer where the traffic graph says (NW-06)", () => {
        const rows = Object.entries(endpoints).map(([name, { namespace, port }]) => [name, namespace, port]);
        assert.deepEqual(rows, [
            ["postgres-rw", "data", 5432],
            ["postgres-ro", "data", 5432],
            // Pgpool-II, which no service calls.
            ["postgres-split", "data", 5432],
            ["valkey-state", "cache", 6379],
            ["valkey-cache", "cache", 6379],
            ["memcached", "cache", 11211],
            ["kafka", "messaging", 9093],
            ["elasticsearch", "data", 9200],
        ]);
    });

    it("are of these kinds, and let their callers do no more than this (DB-17, MQ-01)", () => {
        const rows = Object.entries(stores).map(([name, { kind, access }]) => [name, kind, access]);
        assert.deepEqual(rows, [
            ["postgres-rw", "relational", "read-write"],
            ["postgres-ro", "relational", "read"],
            ["valkey-state", "cache", "read-write"],
            ["valkey-cache", "cache", "read-write"],
            ["memcached", "cache", "read-write"],
            ["kafka", "queue", "read-write"],
            ["elasticsearch", "search", "read-write"],
            ["mongodb", "document", "read-write"],
        ]);
    });

    it("have a Service each, and pods that no other store's labels select", () => {
        const all = Object.values(endpoints);
        assert.equal(new Set(all.map(({ namespace, service }) => `${namespace}/${service}`)).size, all.length);
        for (const one of all) {
            const selected = all.filter(
                (other) =>
                    other.namespace === one.namespace &&
                    Object.entries(one.podLabels).every(([key, value]) => Reflect.get(other.podLabels, key) === value),
            );
            assert.deepEqual(selected, [one]);
        }
    });
});
