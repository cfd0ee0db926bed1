import assert from "node:assert/strict";

import { caches } from "../../catalog/caches";
import { stores } from "../../catalog/stores";
import { topics } from "../../catalog/topics";
import type { Workloads } from "../../catalog/types";
import { workloads } from "../../catalog/workloads";

const catalogue: Workloads = workloads;

/** Everything that a service may open a connection to, as `host:port` for the world outside. */
function callsOf(name: string): string[] {
    const { workloads: others = [], stores: used = [], hosts = [] } = catalogue[name]?.calls ?? {};
    return [...others, ...used, ...hosts.map(({ host, port }) => `${host}:${port}`)];
}

/** Services that read or write a topic. */
function parties(kind: "produces" | "consumes", topic: string): string[] {
    return Object.keys(catalogue).filter((name) => catalogue[name]?.[kind]?.some((one) => one === topic));
}

describe("who calls whom", () => {
    // Said in full here, so that an edge is never widened by the way: a change to it is a change to two files.
    const expected: Readonly<Record<keyof typeof workloads, string>> = {
        frontend: "gateway",
        gateway: "frontend admin user product order inventory",
        admin: "gateway",
        user: "postgres-rw postgres-ro valkey-state kafka",
        product: "postgres-rw postgres-ro elasticsearch valkey-cache memcached kafka",
        order: "user product inventory payment postgres-rw postgres-ro valkey-state kafka",
        payment: "postgres-rw kafka api.stripe.com:443 api-m.paypal.com:443",
        inventory: "postgres-rw postgres-ro valkey-cache kafka",
        notification: "kafka api.sendgrid.com:443 api.twilio.com:443",
    };

    for (const [name, calls] of Object.entries(expected)) {
        it(`${name} calls ${calls.split(" ").join(", ")} and nobody else`, () => {
            assert.deepEqual(callsOf(name), calls.split(" "));
        });
    }

    it("is said of every service", () => {
        assert.deepEqual(Object.keys(expected).sort(), Object.keys(catalogue).sort());
    });

    it("leaves payment four edges: order in; database, queue and providers out (NW-09)", () => {
        const callers = Object.keys(catalogue).filter((name) => callsOf(name).includes("payment"));
        assert.deepEqual(callers, ["order"]);
        const { workloads: others, stores: used, hosts } = workloads.payment.calls;
        assert.deepEqual([others, used], [undefined, ["postgres-rw", "kafka"]]);
        assert.deepEqual(hosts, [
            { host: "api.stripe.com", port: 443 },
            { host: "api-m.paypal.com", port: 443 },
        ]);
    });

    it("lets no service call itself, and none twice", () => {
        for (const name of Object.keys(catalogue)) {
            const calls = callsOf(name);
            assert.ok(!calls.includes(name), name);
            assert.deepEqual(calls, [...new Set(calls)], name);
        }
    });

    it("names outside hosts in full, over TLS", () => {
        const hosts = Object.values(catalogue).flatMap(({ calls }) => calls.hosts ?? []);
        assert.equal(hosts.length, 4);
        for (const { host, port } of hosts) {
            assert.match(host, /^([a-z0-9-]+\.)+[a-z]{2,}$/);
            assert.equal(port, 443);
        }
    });
});

describe("what a service uses, it calls", () => {
    for (const [name, workload] of Object.entries(catalogue)) {
        it(`${name}: its caches' stores`, () => {
            const used = (workload.caches ?? []).map((cache) => caches[cache].store);
            const missing = used.filter((store) => !callsOf(name).includes(store));
            assert.deepEqual(missing, []);
        });

        it(`${name}: kafka exactly where it has topics`, () => {
            const topical = [...(workload.produces ?? []), ...(workload.consumes ?? [])].length > 0;
            assert.equal(callsOf(name).includes("kafka"), topical);
        });

        it(`${name}: the database's replicas only beside its primary`, () => {
            assert.ok(!callsOf(name).includes("postgres-ro") || callsOf(name).includes("postgres-rw"));
        });
    }
});

describe("what there is, somebody uses", () => {
    for (const store of Object.keys(stores)) {
        it(`store ${store} has a caller`, () => {
            assert.ok(Object.keys(catalogue).some((name) => callsOf(name).includes(store)));
        });
    }

    for (const cache of Object.keys(caches)) {
        it(`cache ${cache} has one owner`, () => {
            const owners = Object.values(catalogue).filter((workload) => workload.caches?.some((one) => one === cache));
            assert.equal(owners.length, 1);
        });
    }

    for (const topic of Object.keys(topics)) {
        it(`topic ${topic} has a producer`, () => {
            assert.ok(parties("produces", topic).length > 0);
        });
    }

    it("each topic but the last stop of a payment has a reader", () => {
        const unread = Object.keys(topics).filter((topic) => parties("consumes", topic).length === 0);
        // A person reads what the queue gave up on.
        assert.deepEqual(unread, ["payments.dlq"]);
    });
});
