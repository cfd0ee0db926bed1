import { defineWorkloads } from "./types";

/**
 * The shop's services with their scaling and calls. To add a service, add an entry: Deployment, Service, ServiceAccount,
 * autoscaler, PodDisruptionBudget, NetworkPolicy and quota are derived from it.
 * Rows SV-01 to SV-13, AS-01 to AS-04, NW-06, NW-09.
 */
export const workloads = defineWorkloads({
    frontend: {
        description: "Web shop as static files",
        namespace: "frontend",
        importance: "critical",
        servicePort: 80,
        scaling: { min: 3, max: 12 },
        calls: { workloads: ["gateway"] },
    },
    gateway: {
        description: "Entry point: routes external requests to the services",
        namespace: "ingress",
        importance: "edge",
        servicePort: 80,
        public: true,
        scaling: { min: 2, max: 30, requestsPerSecond: 1000 },
        calls: { workloads: ["frontend", "admin", "user", "product", "order", "inventory"] },
    },
    admin: {
        description: "Admin dashboard for the shop's staff",
        namespace: "frontend",
        importance: "standard",
        // Internal tool: a short outage affects no orders (CL-12).
        spot: true,
        scaling: { min: 2, max: 4, followsCustomers: false },
        calls: { workloads: ["gateway"] },
    },
    user: {
        description: "Accounts, sign-in and sessions",
        namespace: "services",
        importance: "critical",
        // Password hashing is CPU-bound, hence the sources' CPU target (SV-06).
        scaling: { min: 3, max: 12, cpuPercent: 70 },
        calls: { stores: ["postgres-rw", "postgres-ro", "valkey-state", "kafka"] },
        produces: ["user.registered"],
        caches: ["sessions"],
        settings: { PASSWORD_HASH: "bcrypt", TOKEN_TYPE: "jwt" },
    },
    product: {
        description: "Catalogue, search and prices",
        namespace: "services",
        importance: "critical",
        scaling: {
            min: 5,
            max: 20,
            cpuPercent: 65,
            memoryPercent: 75,
            up: { percent: 50, periodSeconds: 15 },
            down: { percent: 10, periodSeconds: 60 },
        },
        calls: { stores: ["postgres-rw", "postgres-ro", "elasticsearch", "valkey-cache", "memcached", "kafka"] },
        produces: ["product.updated"],
        // Reads its own updates too: every replica has to invalidate its cached copy (CA-05).
        consumes: ["product.updated", "stock.changed"],
        caches: ["catalogue", "search-results", "popular-products"],
    },
    order: {
        description: "Carts, orders and the order saga",
        namespace: "services",
        importance: "critical",
        scaling: {
            min: 3,
            max: 15,
            // Ten times the minimum, in place of the 15 of other days (AS-08).
            saleMax: 30,
            queue: { topic: "orders.created", messagesPerReplica: 100 },
            cpuPercent: 70,
            memoryPercent: 80,
            up: { percent: 100, periodSeconds: 15 },
            down: { percent: 10, periodSeconds: 300 },
        },
        calls: {
            workloads: ["user", "product", "inventory", "payment"],
            stores: ["postgres-rw", "postgres-ro", "valkey-state", "kafka"],
        },
        produces: ["orders.created", "orders.status"],
        consumes: ["orders.created", "stock.changed", "payments.completed", "payments.failed"],
        caches: ["carts"],
        settings: { SAGA: "orchestrated", PAYMENTS_ALLOW_DEFERRED: "true" },
    },
    payment: {
        description: "Payments by Stripe and PayPal; stores no card data (SV-09)",
        namespace: "payment",
        pool: "payment",
        importance: "critical",
        scaling: {
            min: 2,
            max: 8,
            cpuPercent: 60,
            memoryPercent: 70,
            up: { percent: 25, periodSeconds: 30 },
            down: { percent: 5, periodSeconds: 600 },
        },
        calls: {
            stores: ["postgres-rw", "kafka"],
            hosts: [
                { host: "api.stripe.com", port: 443 },
                { host: "api-m.paypal.com", port: 443 },
            ],
        },
        produces: [
            "payments.completed",
            "payments.failed",
            "payments.retry.1m",
            "payments.retry.10m",
            "payments.retry.1h",
            "payments.dlq",
        ],
        consumes: ["payments.retry.1m", "payments.retry.10m", "payments.retry.1h"],
        settings: { PAYMENT_PROVIDERS: "stripe,paypal" },
    },
    inventory: {
        description: "Stock, reserved with optimistic locks",
        namespace: "services",
        importance: "critical",
        scaling: { min: 4, max: 16 },
        // No cache: what is reserved is read where it is written, and stock.changed carries it to the others (SV-10).
        calls: { stores: ["postgres-rw", "postgres-ro", "kafka"] },
        produces: ["stock.changed"],
        consumes: ["orders.created", "orders.status"],
    },
    notification: {
        description: "E-mail and text messages to customers (SV-11)",
        namespace: "services",
        importance: "standard",
        // Works from a queue: messages interrupted by a node loss are delivered again (CL-12).
        spot: true,
        scaling: { min: 2, max: 8 },
        calls: {
            stores: ["kafka"],
            hosts: [
                { host: "api.sendgrid.com", port: 443 },
                { host: "api.twilio.com", port: 443 },
            ],
        },
        consumes: ["user.registered", "orders.status", "payments.completed", "payments.failed"],
        settings: { CHANNELS: "email,sms" },
    },
});

export type WorkloadName = keyof typeof workloads;
