import assert from "node:assert/strict";

import type { Tier } from "../../../config/schema";
import { memcachedVariables, valkeyVariables } from "../cache/callers";
import { postgresVariables } from "../database/callers";
import { kafkaDelays, kafkaVariables } from "../messaging/callers";
import { searchVariables } from "../search/callers";
import { each, expectedSecrets } from "./shop";
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

const { primary, replicas } = postgresVariables;
const kafka = kafkaVariables;
/** The consumer group of a service that reads topics: no other service is in it (MQ-01). */
const group = (name: string) => ({ KAFKA_GROUP: name });

/** Variables besides those of every service, in order (SV-05 to SV-11, CA-01 to CA-08, DB-17, MQ-01, MQ-02, SE-01). */
const ownOf = (tier: Tier): Readonly<Record<string, Readonly<Record<string, string>>>> => ({
    frontend: { ...gateway },
    gateway: { ...frontend, ...admin, ...user, ...product, ...order, ...inventory },
    admin: { ...gateway },
    user: {
        ...primary,
        ...replicas,
        ...valkeyVariables("state", "user", tier),
        ...kafka,
        CACHE_TTL_SESSIONS_SECONDS: "86400",
        PASSWORD_HASH: "bcrypt",
        TOKEN_TYPE: "jwt",
    },
    product: {
        ...primary,
        ...replicas,
        ...searchVariables,
        ...valkeyVariables("cache", "product", tier),
        ...memcachedVariables(tier),
        ...kafka,
        ...group("product"),
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
        ...valkeyVariables("state", "order", tier),
        ...kafka,
        ...group("order"),
        CACHE_TTL_CARTS_SECONDS: "604800",
        SAGA: "orchestrated",
        PAYMENTS_ALLOW_DEFERRED: "true",
    },
    payment: {
        ...primary,
        ...kafka,
        ...group("payment"),
        KAFKA_DELAYS: kafkaDelays,
        PAYMENT_PROVIDERS: "stripe,paypal",
    },
    inventory: { ...primary, ...replicas, ...kafka, ...group("inventory") },
    notification: { ...kafka, ...group("notification"), CHANNELS: "email,sms" },
});

interface Deployment {
    readonly spec: {
        readonly template: { readonly spec: { readonly containers: readonly { readonly env: unknown }[] } };
    };
}

for (const { title, plan, tier } of shopStacks) {
    describe(`the environment of every service in ${title}`, () => {
        it("is exactly its name, ports, dependencies, their settings, cache lifetimes and its own, as plain values", async () => {
            const deployment = objectsOf((await plan()).resources, types.deployment);
            const found = each((name) => {
                const { containers } = (deployment(name) as unknown as Deployment).spec.template.spec;
                return containers[0]?.env;
            });
            const own = ownOf(tier);
            const expected = each((name) =>
                Object.entries({
                    SERVICE_NAME: name,
                    PORT: "8080",
                    MANAGEMENT_PORT: "8081",
                    CACHE_L1_MAX_MB: "256",
                    ...(expectedSecrets(name).length === 0 ? {} : { CERTIFICATE: "/var/run/secrets/certificate" }),
                    ...own[name],
                }).map(([variable, value]) => ({ name: variable, value })),
            );
            assert.deepEqual(found, expected);
        });
    });
}
