import assert from "node:assert/strict";

import { ports, type StoreCaller, type TrafficGraph, trafficGraph } from "../../catalog/graph";
import type { Job } from "../../catalog/jobs";
import { stores, type StoreEndpoints } from "../../catalog/stores";
import type { Workload, Workloads } from "../../catalog/types";
import { workloads } from "../../catalog/workloads";

const endpoints: StoreEndpoints = {
    "postgres-rw": { kind: "cluster", namespace: "data", service: "rw", port: 5432, podLabels: {} },
    "postgres-ro": { kind: "outside", port: 5433, range: "10.0.0.0/24" },
    "valkey-state": { kind: "cluster", namespace: "cache", service: "state", port: 6379, podLabels: {} },
    "valkey-cache": { kind: "cluster", namespace: "cache", service: "cache", port: 6380, podLabels: {} },
    memcached: { kind: "cluster", namespace: "cache", service: "memcached", port: 11211, podLabels: {} },
    kafka: { kind: "cluster", namespace: "messaging", service: "kafka", port: 9093, podLabels: {} },
    elasticsearch: { kind: "cluster", namespace: "data", service: "search", port: 9200, podLabels: {} },
};

/** Edges of the shop, as `to:port` by caller in the order of the declaration. */
const edges: Readonly<Record<string, string>> = {
    frontend: "gateway@ingress:8080",
    gateway:
        "frontend@frontend:8080 admin@frontend:8080 user@services:8080 product@services:8080 order@services:8080 " +
        "inventory@services:8080",
    admin: "gateway@ingress:8080",
    user: "postgres-rw:5432 postgres-ro:5433 valkey-state:6379 kafka:9093",
    product: "postgres-rw:5432 postgres-ro:5433 elasticsearch:9200 valkey-cache:6380 memcached:11211 kafka:9093",
    order:
        "user@services:8080 product@services:8080 inventory@services:8080 payment@payment:8080 " +
        "postgres-rw:5432 postgres-ro:5433 valkey-state:6379 kafka:9093",
    payment: "postgres-rw:5432 kafka:9093 api.stripe.com:443 api-m.paypal.com:443",
    inventory: "postgres-rw:5432 postgres-ro:5433 kafka:9093",
    notification: "kafka:9093 api.sendgrid.com:443 api.twilio.com:443",
};

const names = Object.keys(edges);

function text({ to, port }: TrafficGraph["edges"][number]): string {
    return to.kind === "workload" ? `${to.name}@${to.namespace}:${port}` : `${to.name}:${port}`;
}

describe("the traffic graph of the shop (NW-06, NW-09)", () => {
    const graph = trafficGraph(workloads, endpoints);

    it("has the ports that every container listens on (SV-05)", () => {
        assert.deepEqual(ports, { http: 8080, management: 8081 });
    });

    it("has exactly these edges from each service", () => {
        assert.deepEqual(
            Object.fromEntries(names.map((name) => [name, graph.callees(name).map(text).join(" ")])),
            edges,
        );
        assert.deepEqual(graph.callees("nothing"), []);
    });

    it("has all of them in one list, each with its caller", () => {
        assert.deepEqual(
            graph.edges.map((edge) => `${edge.from} ${text(edge)}`),
            names.flatMap((name) => (edges[name] ?? "").split(" ").map((to) => `${name} ${to}`)),
        );
        assert.equal(graph.edges.length, 36);
    });

    it("says of each destination whether it is a service, a store with its endpoint, or a host", () => {
        assert.deepEqual(graph.callees("payment"), [
            {
                from: "payment",
                to: { kind: "store", name: "postgres-rw", endpoint: endpoints["postgres-rw"] },
                port: 5432,
            },
            { from: "payment", to: { kind: "store", name: "kafka", endpoint: endpoints["kafka"] }, port: 9093 },
            { from: "payment", to: { kind: "host", name: "api.stripe.com" }, port: 443 },
            { from: "payment", to: { kind: "host", name: "api-m.paypal.com" }, port: 443 },
        ]);
        assert.deepEqual(graph.callees("frontend"), [
            { from: "frontend", to: { kind: "workload", name: "gateway", namespace: "ingress" }, port: 8080 },
        ]);
    });

    it("has the callers of each service, in the order of the catalogue", () => {
        assert.deepEqual(Object.fromEntries(names.map((name) => [name, graph.callers(name)])), {
            frontend: ["gateway"],
            gateway: ["frontend", "admin"],
            admin: ["gateway"],
            user: ["gateway", "order"],
            product: ["gateway", "order"],
            order: ["gateway"],
            payment: ["order"],
            inventory: ["gateway", "order"],
            notification: [],
        });
        for (const other of ["nothing", "kafka", "api.stripe.com"]) {
            assert.deepEqual(graph.callers(other), [], other);
        }
    });

    it("has the callers of each store with their rights, topics and caches (DB-17, MQ-01, CA-04 to CA-08)", () => {
        const caller = (workload: string, own: Partial<StoreCaller> = {}): StoreCaller => ({
            workload,
            namespace: workload === "payment" ? "payment" : "services",
            access: "read-write",
            produces: [],
            consumes: [],
            caches: [],
            ...own,
        });
        const retries = ["payments.retry.1m", "payments.retry.10m", "payments.retry.1h"] as const;
        const expected: Readonly<Record<string, readonly StoreCaller[]>> = {
            "postgres-rw": ["user", "product", "order", "payment", "inventory"].map((name) => caller(name)),
            "postgres-ro": ["user", "product", "order", "inventory"].map((name) => caller(name, { access: "read" })),
            "valkey-state": [caller("user", { caches: ["sessions"] }), caller("order", { caches: ["carts"] })],
            "valkey-cache": [caller("product", { caches: ["search-results", "popular-products"] })],
            memcached: [caller("product", { caches: ["catalogue"] })],
            kafka: [
                caller("user", { produces: ["user.registered"] }),
                caller("product", { produces: ["product.updated"], consumes: ["product.updated", "stock.changed"] }),
                caller("order", {
                    produces: ["orders.created", "orders.status"],
                    consumes: ["orders.created", "stock.changed", "payments.completed", "payments.failed"],
                }),
                caller("payment", {
                    produces: ["payments.completed", "payments.failed", ...retries, "payments.dlq"],
                    consumes: retries,
                }),
                caller("inventory", {
                    produces: ["stock.changed"],
                    consumes: ["orders.created", "orders.status"],
                }),
                caller("notification", {
                    access: "read",
                    consumes: ["user.registered", "orders.status", "payments.completed", "payments.failed"],
                }),
            ],
            elasticsearch: [caller("product")],
            mongodb: [],
        };
        assert.deepEqual(
            Object.fromEntries(Object.keys(stores).map((store) => [store, graph.storeCallers(store)])),
            expected,
        );
        for (const other of ["nothing", "api.stripe.com", "gateway"]) {
            assert.deepEqual(graph.storeCallers(other), [], other);
        }
    });
});

describe("the traffic graph of another catalogue", () => {
    const workload = (own: Partial<Workload>): Workload => ({
        description: "A service under test",
        namespace: "services",
        importance: "standard",
        scaling: { min: 2, max: 4 },
        calls: {},
        ...own,
    });

    it("calls the container's port whatever the Service's is, and has no edges without calls", () => {
        const shop: Workloads = {
            one: workload({ calls: { workloads: ["two"] } }),
            two: workload({ servicePort: 9000, namespace: "payment" }),
        };
        const { edges: found } = trafficGraph(shop, {});
        assert.deepEqual(found, [
            { from: "one", to: { kind: "workload", name: "two", namespace: "payment" }, port: 8080 },
        ]);
    });

    it("grants read-write to a store that the catalogue of stores does not have, without topics", () => {
        const shop = { one: workload({ calls: { stores: ["ledger"] }, produces: ["orders.created"] }) };
        const { storeCallers } = trafficGraph(shop, { ledger: { kind: "outside", port: 1, range: "10.0.0.0/8" } });
        assert.deepEqual(storeCallers("ledger"), [
            {
                workload: "one",
                namespace: "services",
                access: "read-write",
                produces: [],
                consumes: [],
                caches: [],
            },
        ]);
    });

    it("has jobs as callers of stores: they write the cached data that they refresh, and read no more than others", () => {
        const job: Job = {
            description: "A job under test",
            namespace: "cache",
            calls: { stores: ["postgres-ro", "valkey-cache", "valkey-state"] },
            refreshes: ["popular-products"],
        };
        const shop = { one: workload({ calls: { stores: ["valkey-cache"] }, caches: ["search-results"] }) };
        const graph = trafficGraph(shop, endpoints, { refresh: job });
        const caller = { workload: "refresh", namespace: "cache", produces: [], consumes: [] } as const;
        assert.deepEqual(graph.storeCallers("postgres-ro"), [{ ...caller, access: "read", caches: [] }]);
        assert.deepEqual(graph.storeCallers("valkey-state"), [{ ...caller, access: "read-write", caches: [] }]);
        assert.deepEqual(graph.storeCallers("valkey-cache"), [
            {
                workload: "one",
                namespace: "services",
                access: "read-write",
                produces: [],
                consumes: [],
                caches: ["search-results"],
            },
            { ...caller, access: "write", caches: ["popular-products"] },
        ]);
        assert.deepEqual(
            graph.callees("refresh").map(({ from, to, port }) => [from, to.name, port]),
            [
                ["refresh", "postgres-ro", 5433],
                ["refresh", "valkey-cache", 6380],
                ["refresh", "valkey-state", 6379],
            ],
        );
        assert.throws(() => trafficGraph({ refresh: workload({}) }, endpoints, { refresh: job }), {
            message: "catalog: refresh is a workload and a job, which would share credentials; rename one of them",
        });
        assert.throws(() => trafficGraph({}, { "valkey-cache": endpoints["valkey-cache"]! }, { refresh: job }), {
            message:
                "catalog: refresh calls postgres-ro, which no layer provides; give one of valkey-cache, or drop the call",
        });
    });

    it("fails for a call to nothing, and names what there is", () => {
        const calling = (calls: Workload["calls"]) => () =>
            trafficGraph({ one: workload({ calls }), two: workload({}) }, { "postgres-rw": endpoints["postgres-rw"]! });
        assert.throws(calling({ workloads: ["three"] }), {
            message: "catalog: one calls three, which is not in the catalogue; give one of one, two, or drop the call",
        });
        assert.throws(calling({ stores: ["kafka"] }), {
            message: "catalog: one calls kafka, which no layer provides; give one of postgres-rw, or drop the call",
        });
    });
});
