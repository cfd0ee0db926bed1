import assert from "node:assert/strict";

import { each } from "./shop";
import { objectsOf, shopStacks, types } from "./stacks";

const url = (host: string, port: number) => `http://${host}.svc.cluster.local:${port}`;

const frontend = { FRONTEND_URL: url("frontend.frontend", 80) };
const gateway = { GATEWAY_URL: url("gateway.ingress", 80) };
const admin = { ADMIN_URL: url("admin.frontend", 8080) };
const user = { USER_URL: url("user.services", 8080) };
const product = { PRODUCT_URL: url("product.services", 8080) };
const order = { ORDER_URL: url("order.services", 8080) };
const payment = { PAYMENT_URL: url("payment.payment", 8080) };
const inventory = { INVENTORY_URL: url("inventory.services", 8080) };

const primary = { POSTGRES_RW_ADDRESS: "postgres-pooler-rw.data.svc.cluster.local:5432" };
const replicas = { POSTGRES_RO_ADDRESS: "postgres-pooler-ro.data.svc.cluster.local:5432" };
const state = { VALKEY_STATE_ADDRESS: "valkey-state.cache.svc.cluster.local:6379" };
const cache = { VALKEY_CACHE_ADDRESS: "valkey-cache.cache.svc.cluster.local:6379" };
const memcached = { MEMCACHED_ADDRESS: "memcached.cache.svc.cluster.local:11211" };
const kafka = { KAFKA_ADDRESS: "shop-kafka-bootstrap.messaging.svc.cluster.local:9093" };
const search = { ELASTICSEARCH_ADDRESS: "search-es-http.data.svc.cluster.local:9200" };

/** Variables besides those of every service, in order (SV-05 to SV-11, CA-04 to CA-08). */
const own: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    frontend: { ...gateway },
    gateway: { ...frontend, ...admin, ...user, ...product, ...order, ...inventory },
    admin: { ...gateway },
    user: {
        ...primary,
        ...replicas,
        ...state,
        ...kafka,
        CACHE_TTL_SESSIONS_SECONDS: "86400",
        PASSWORD_HASH: "bcrypt",
        TOKEN_TYPE: "jwt",
    },
    product: {
        ...primary,
        ...replicas,
        ...search,
        ...cache,
        ...memcached,
        ...kafka,
        CACHE_TTL_CATALOGUE_SECONDS: "3600",
        CACHE_TTL_SEARCH_RESULTS_SECONDS: "900",
        CACHE_TTL_POPULAR_PRODUCTS_SECONDS: "1800",
    },
    order: {
        ...user,
        ...product,
        ...inventory,
        ...payment,
        ...primary,
        ...replicas,
        ...state,
        ...kafka,
        CACHE_TTL_CARTS_SECONDS: "604800",
        SAGA: "orchestrated",
        PAYMENTS_ALLOW_DEFERRED: "true",
    },
    payment: { ...primary, ...kafka, PAYMENT_PROVIDERS: "stripe,paypal" },
    inventory: { ...primary, ...replicas, ...cache, ...kafka },
    notification: { ...kafka, CHANNELS: "email,sms" },
};

interface Deployment {
    readonly spec: {
        readonly template: { readonly spec: { readonly containers: readonly { readonly env: unknown }[] } };
    };
}

for (const { title, plan } of shopStacks) {
    describe(`the environment of every service in ${title}`, () => {
        it("is exactly its name, ports, dependencies, cache lifetimes and settings, as plain values", async () => {
            const deployment = objectsOf((await plan()).resources, types.deployment);
            const found = each((name) => {
                const { containers } = (deployment(name) as unknown as Deployment).spec.template.spec;
                return containers[0]?.env;
            });
            const expected = each((name) =>
                Object.entries({
                    SERVICE_NAME: name,
                    PORT: "8080",
                    MANAGEMENT_PORT: "8081",
                    CACHE_L1_MAX_MB: "256",
                    ...own[name],
                }).map(([variable, value]) => ({ name: variable, value })),
            );
            assert.deepEqual(found, expected);
        });
    });
}
