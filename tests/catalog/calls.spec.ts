import assert from "node:assert/strict";

import { caches } from "../../catalog/caches";
import { stores } from "../../catalog/stores";
import { topics } from "../../catalog/topics";
import type { Workloads } from "../../catalog/types";
import { workloads } from "../../catalog/workloads";

const catalogue: Workloads = workloads;

/** All destinations of a service; external hosts as `host:port`. */
function callsOf(name: string): string[] {
    const { workloads: callees = [], stores: used = [], hosts = [] } = catalogue[name]?.calls ?? {};
    return [...callees, ...used, ...hosts.map(({ host, port }) => `${host}:${port}`)];
}

/** Services that write or read a topic. */
function clientsOf(kind: "produces" | "consumes", topic: string): string[] {
    return Object.keys(catalogue).filter((name) => catalogue[name]?.[kind]?.some((one) => one === topic));
}

describe("declared calls", () => {
    // Repeated in full, so that a new edge has to be added in two files.
    const expected: Readonly<Record<keyof typeof workloads, string>> = {
        frontend: "gateway",
        gateway: "frontend admin user product order inventory",
        admin: "gateway",
        user: "postgres-rw postgres-ro valkey-state kafka",
        product: "postgres-rw postgres-ro elasticsearch valkey-cache memcached kafka",
        order: "user product inventory payment postgres-rw postgres-ro valkey-state kafka",
        payment: "postgres-rw kafka api.stripe.com:443 api-m.paypal.com:443",
        inventory: "postgres-rw postgres-ro kafka",
        notification: "kafka api.sendgrid.com:443 api.twilio.com:443",
    };

    for (const [name, calls] of Object.entries(expected)) {
        it(`${name} calls ${calls.split(" ").join(", ")} only`, () => {
            assert.deepEqual(callsOf(name), calls.split(" "));
        });
    }

    it("are asserted for every service", () => {
        assert.deepEqual(Object.keys(expected).sort(), Object.keys(catalogue).sort());
    });

    it("connect payment to order, PostgreSQL, Kafka and the payment providers only (NW-09)", () => {
        const callers = Object.keys(catalogue).filter((name) => callsOf(name).includes("payment"));
        assert.deepEqual(callers, ["order"]);
        const { workloads: callees, stores: used, hosts } = workloads.payment.calls;
        assert.deepEqual([callees, used], [undefined, ["postgres-rw", "kafka"]]);
        assert.deepEqual(hosts, [
            { host: "api.stripe.com", port: 443 },
            { host: "api-m.paypal.com", port: 443 },
        ]);
    });

    it("never contain the caller itself or a duplicate", () => {
        for (const name of Object.keys(catalogue)) {
            const calls = callsOf(name);
            assert.ok(!calls.includes(name), name);
            assert.deepEqual(calls, [...new Set(calls)], name);
        }
    });

    it("name external hosts by FQDN, on port 443", () => {
        const hosts = Object.values(catalogue).flatMap(({ calls }) => calls.hosts ?? []);
        assert.equal(hosts.length, 4);
        for (const { host, port } of hosts) {
            assert.match(host, /^([a-z0-9-]+\.)+[a-z]{2,}$/);
            assert.equal(port, 443);
        }
    });
});

const cacheStores = ["valkey-state", "valkey-cache", "memcached"];

describe("calls that a service's caches and topics require", () => {
    for (const [name, workload] of Object.entries(catalogue)) {
        it(`${name} calls the stores of its caches`, () => {
            const used = (workload.caches ?? []).map((cache) => caches[cache].store);
            const missing = used.filter((store) => !callsOf(name).includes(store));
            assert.deepEqual(missing, []);
        });

        // At a cache with users it could not use a key.
        it(`${name} calls no cache without data of its own there (SC-07)`, () => {
            const used: readonly string[] = (workload.caches ?? []).map((cache) => caches[cache].store);
            const called = callsOf(name).filter((one) => cacheStores.includes(one));
            assert.deepEqual(
                called.filter((store) => !used.includes(store)),
                [],
            );
        });

        it(`${name} calls kafka if and only if it has topics`, () => {
            const hasTopics = [...(workload.produces ?? []), ...(workload.consumes ?? [])].length > 0;
            assert.equal(callsOf(name).includes("kafka"), hasTopics);
        });

        it(`${name} calls postgres-ro only if it calls postgres-rw`, () => {
            assert.ok(!callsOf(name).includes("postgres-ro") || callsOf(name).includes("postgres-rw"));
        });
    }
});

describe("unused entries", () => {
    for (const store of Object.keys(stores).filter((name) => name !== "mongodb")) {
        it(`store ${store} has a caller`, () => {
            assert.ok(Object.keys(catalogue).some((name) => callsOf(name).includes(store)));
        });
    }

    it("store mongodb has none: only stacks with database.documents have it (MG-02)", () => {
        assert.deepEqual(
            Object.keys(catalogue).filter((name) => callsOf(name).includes("mongodb")),
            [],
        );
    });

    for (const cache of Object.keys(caches)) {
        it(`cache ${cache} belongs to exactly one service`, () => {
            const owners = Object.values(catalogue).filter((workload) => workload.caches?.some((one) => one === cache));
            assert.equal(owners.length, 1);
        });
    }

    for (const topic of Object.keys(topics)) {
        it(`topic ${topic} has a producer`, () => {
            assert.ok(clientsOf("produces", topic).length > 0);
        });
    }

    it("every topic except payments.dlq has a consumer", () => {
        const unread = Object.keys(topics).filter((topic) => clientsOf("consumes", topic).length === 0);
        // The dead-letter queue is handled manually.
        assert.deepEqual(unread, ["payments.dlq"]);
    });
});
