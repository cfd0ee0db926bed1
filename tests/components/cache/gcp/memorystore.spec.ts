import assert from "node:assert/strict";

import type { Tier } from "../../../../config/schema";
import { inputsOf, optionsOf } from "../../deployed";
import { inLayer } from "../../deployment";
import { managedCaches, overwrites, rights } from "../managed";

const place = { project: "shop-project", location: "us-central1" };

/** The inputs of an instance that no tier changes. */
const common = {
    ...place,
    mode: "CLUSTER",
    engineVersion: "VALKEY_8_0",
    zoneDistributionConfig: { mode: "MULTI_ZONE" },
    transitEncryptionMode: "SERVER_AUTHENTICATION",
    authorizationMode: "IAM_AUTH",
    kmsKey: "memorystore-key-id",
    maintenancePolicy: {
        weeklyMaintenanceWindows: [{ day: "SATURDAY", startTime: { hours: 3, minutes: 0, seconds: 0, nanos: 0 } }],
    },
    desiredAutoCreatedEndpoints: [{ network: "network-id", projectId: "shop-project" }],
};

const state = {
    engineConfigs: { "maxmemory-policy": "noeviction" },
    persistenceConfig: { mode: "AOF", aofConfig: { appendFsync: "EVERY_SEC" } },
    automatedBackupConfig: { fixedFrequencySchedule: { startTime: { hours: 2 } }, retention: "604800s" },
};

const cached = {
    engineConfigs: { "maxmemory-policy": "allkeys-lru" },
    persistenceConfig: { mode: "DISABLED" },
};

const six = { shardCount: 3, replicaCount: 1 };
const shapes: Readonly<Record<Tier, readonly [state: object, cache: object]>> = {
    dev: [
        { nodeType: "SHARED_CORE_NANO", shardCount: 1, replicaCount: 0, deletionProtectionEnabled: false },
        { nodeType: "SHARED_CORE_NANO", shardCount: 1, replicaCount: 0, deletionProtectionEnabled: false },
    ],
    staging: [
        { nodeType: "STANDARD_SMALL", ...six, deletionProtectionEnabled: false },
        { nodeType: "SHARED_CORE_NANO", ...six, deletionProtectionEnabled: false },
    ],
    prod: [
        { nodeType: "STANDARD_SMALL", ...six, deletionProtectionEnabled: true },
        { nodeType: "STANDARD_SMALL", ...six, deletionProtectionEnabled: true },
    ],
};

describe("Memorystore for Valkey (CA-01, CA-06, X2, X30)", () => {
    for (const tier of ["dev", "staging", "prod"] as const) {
        it(`has two instances in ${tier}: one that keeps every key, one that evicts`, async () => {
            const { resources } = await managedCaches("gcp", tier);
            const [ofState, ofCache] = shapes[tier];
            assert.deepEqual(inputsOf(resources, "gcp:memorystore/instance:Instance"), {
                "valkey-state": {
                    ...common,
                    ...state,
                    ...ofState,
                    instanceId: `${tier}-valkey-state`,
                    aclPolicy: "valkey-state-id",
                },
                "valkey-cache": {
                    ...common,
                    ...cached,
                    ...ofCache,
                    instanceId: `${tier}-valkey-cache`,
                    aclPolicy: "valkey-cache-id",
                },
            });
        });
    }

    it("admits each caller to its own keys, and no other principal (SC-07)", async () => {
        const { resources } = await managedCaches("gcp", "prod");
        const refused = { username: "default", rule: "off resetkeys resetchannels -@all" };
        const user = (name: string, keys: string, allowed = rights) => ({
            username: `memorystore-${name}@shop`,
            rule: `on resetchannels ${keys} ${allowed}`,
        });
        assert.deepEqual(inputsOf(resources, "gcp:memorystore/aclPolicy:AclPolicy"), {
            "valkey-state": {
                ...place,
                aclPolicyId: "prod-valkey-state",
                rules: [refused, user("user", "~sessions:*"), user("order", "~carts:*")],
            },
            "valkey-cache": {
                ...place,
                aclPolicyId: "prod-valkey-cache",
                rules: [
                    refused,
                    user("product", "~search-results:* ~popular-products:*"),
                    user("cache-warm", "~popular-products:*", overwrites),
                ],
            },
        });
    });

    it("protects prod's instances and their key (D7)", async () => {
        const all = inLayer(await managedCaches("gcp", "prod"), "cache");
        const own = optionsOf(all.filter(({ type }) => /memorystore\/instance|kms\/cryptoKey:/.test(type)));
        assert.deepEqual(own, {
            "Instance valkey-state": { protect: true },
            "Instance valkey-cache": { protect: true },
            "CryptoKey memorystore-key": { protect: true },
        });
    });
});
