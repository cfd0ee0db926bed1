import assert from "node:assert/strict";

import type { Scaling, Workload, Workloads } from "../../catalog/types";
import { namespaces } from "../../catalog/types";
import { type WorkloadName, workloads } from "../../catalog/workloads";

const catalogue: Workloads = workloads;
type Row<T> = Readonly<Record<WorkloadName, T>>;

function column<T>(read: (workload: Workload) => T): Record<string, T> {
    return Object.fromEntries(Object.entries(catalogue).map(([name, workload]) => [name, read(workload)]));
}

describe("the shop's services", () => {
    it("are these nine, in these namespaces (SV-01 to SV-11, CL-20)", () => {
        const expected: Row<string> = {
            frontend: "frontend",
            gateway: "ingress",
            admin: "frontend",
            user: "services",
            product: "services",
            order: "services",
            payment: "payment",
            inventory: "services",
            notification: "services",
        };
        assert.deepEqual(
            column(({ namespace }) => namespace),
            expected,
        );
    });

    it("have these importances, which set their priority", () => {
        const expected: Row<string> = {
            frontend: "critical",
            gateway: "edge",
            admin: "standard",
            user: "critical",
            product: "critical",
            order: "critical",
            payment: "critical",
            inventory: "critical",
            notification: "standard",
        };
        assert.deepEqual(
            column(({ importance }) => importance),
            expected,
        );
    });

    it("produce and consume these topics, and read these caches (MQ-01, CA-04 to CA-08)", () => {
        const retries = ["payments.retry.1m", "payments.retry.10m", "payments.retry.1h"];
        const expected: Row<readonly (readonly string[] | undefined)[]> = {
            frontend: [undefined, undefined, undefined],
            gateway: [undefined, undefined, undefined],
            admin: [undefined, undefined, undefined],
            user: [["user.registered"], undefined, ["sessions"]],
            product: [
                ["product.updated"],
                ["product.updated", "stock.changed"],
                ["catalogue", "search-results", "popular-products"],
            ],
            order: [
                ["orders.created", "orders.status"],
                ["orders.created", "stock.changed", "payments.completed", "payments.failed"],
                ["carts"],
            ],
            payment: [["payments.completed", "payments.failed", ...retries, "payments.dlq"], retries, undefined],
            inventory: [["stock.changed"], ["orders.created", "orders.status"], undefined],
            notification: [
                undefined,
                ["user.registered", "orders.status", "payments.completed", "payments.failed"],
                undefined,
            ],
        };
        assert.deepEqual(
            column(({ produces, consumes, caches }) => [produces, consumes, caches]),
            expected,
        );
    });

    it("have the sources' minimum replicas in prod, 26 in total (SV-01 to SV-04, SV-11)", () => {
        const expected: Row<number> = {
            frontend: 3,
            gateway: 2,
            admin: 2,
            user: 3,
            product: 5,
            order: 3,
            payment: 2,
            inventory: 4,
            notification: 2,
        };
        const minimum = column(({ scaling }) => scaling.min);
        assert.deepEqual(minimum, expected);
        assert.equal(
            Object.values(minimum).reduce((sum, min) => sum + min, 0),
            26,
        );
    });

    it("have the sources' scaling bounds and rates, and what follows customers (AS-01 to AS-04, AS-06 to AS-08, AS-12)", () => {
        const rate = (percent: number, periodSeconds: number) => ({ percent, periodSeconds });
        const expected: Row<Scaling> = {
            frontend: { min: 3, max: 12 },
            gateway: { min: 2, max: 30, requestsPerSecond: 1000 },
            admin: { min: 2, max: 4, followsCustomers: false },
            user: { min: 3, max: 12, cpuPercent: 70 },
            product: { min: 5, max: 20, cpuPercent: 65, memoryPercent: 75, up: rate(50, 15), down: rate(10, 60) },
            order: {
                min: 3,
                max: 15,
                saleMax: 30,
                queue: { topic: "orders.created", messagesPerReplica: 100 },
                cpuPercent: 70,
                memoryPercent: 80,
                up: rate(100, 15),
                down: rate(10, 300),
            },
            payment: { min: 2, max: 8, cpuPercent: 60, memoryPercent: 70, up: rate(25, 30), down: rate(5, 600) },
            inventory: { min: 4, max: 16 },
            notification: { min: 2, max: 8 },
        };
        assert.deepEqual(
            column(({ scaling }) => scaling),
            expected,
        );
    });

    it("use service port 8080, frontend and gateway 80 (SV-01, SV-05, NW-06)", () => {
        const expected: Row<number> = {
            frontend: 80,
            gateway: 80,
            admin: 8080,
            user: 8080,
            product: 8080,
            order: 8080,
            payment: 8080,
            inventory: 8080,
            notification: 8080,
        };
        assert.deepEqual(
            column(({ servicePort }) => servicePort ?? 8080),
            expected,
        );
    });

    it("include one public service, the gateway (NW-10)", () => {
        const exposed = Object.entries(catalogue).filter(([, workload]) => workload.public === true);
        assert.deepEqual(
            exposed.map(([name]) => name),
            ["gateway"],
        );
    });

    it("use dedicated nodes for payment only, and spot nodes for standard services only (CL-07, CL-12)", () => {
        const pools = Object.entries(catalogue).filter(([, { pool }]) => pool !== undefined);
        assert.deepEqual(
            pools.map(([name, { pool }]) => [name, pool]),
            [["payment", "payment"]],
        );
        const spot = Object.entries(catalogue).filter(([, workload]) => workload.spot === true);
        assert.deepEqual(
            spot.map(([name]) => name),
            ["admin", "notification"],
        );
        assert.ok(spot.every(([, { importance }]) => importance === "standard"));
    });

    it("have these settings, none of them a secret (SV-06, SV-08, SV-09, SV-11, SV-19)", () => {
        const settings = Object.entries(catalogue).flatMap(([name, workload]) =>
            workload.settings === undefined ? [] : [[name, workload.settings] as const],
        );
        assert.deepEqual(Object.fromEntries(settings), {
            user: { PASSWORD_HASH: "bcrypt", TOKEN_TYPE: "jwt" },
            order: { SAGA: "orchestrated", PAYMENTS_ALLOW_DEFERRED: "true" },
            payment: { PAYMENT_PROVIDERS: "stripe,paypal" },
            notification: { CHANNELS: "email,sms" },
        });
    });

    it("have valid Kubernetes names, descriptions, and valid autoscaler bounds", () => {
        for (const [name, { description, scaling }] of Object.entries(catalogue)) {
            assert.match(name, /^[a-z]([-a-z0-9]{0,40}[a-z0-9])?$/);
            assert.ok(description.length > 10 && !description.endsWith("."), name);
            assert.ok(scaling.min >= 2 && scaling.min <= scaling.max, name);
            for (const { percent, periodSeconds } of [scaling.up, scaling.down].filter((one) => one !== undefined)) {
                assert.ok(percent >= 1 && periodSeconds >= 1 && periodSeconds <= 1800, name);
            }
        }
    });
});

describe("the namespaces", () => {
    it("are these ten, without default (CL-20)", () => {
        const expected = "frontend services payment data cache messaging ingress monitoring security argocd";
        assert.deepEqual(namespaces, expected.split(" "));
    });
});
