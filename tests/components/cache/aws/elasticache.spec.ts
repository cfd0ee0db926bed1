import assert from "node:assert/strict";

import { dailyWindow, weeklyWindow } from "../../../../components/cache/aws/elasticache";
import type { Tier } from "../../../../config/schema";
import { inputsOf, optionsOf } from "../../deployed";
import { inLayer } from "../../deployment";
import { managedCaches } from "../managed";

/** The inputs of a cluster that no tier changes. */
const common = {
    engine: "valkey",
    engineVersion: "9.0",
    port: 6379,
    clusterMode: "enabled",
    automaticFailoverEnabled: true,
    transitEncryptionEnabled: true,
    transitEncryptionMode: "required",
    atRestEncryptionEnabled: true,
    kmsKeyId: "arn:elasticache-key",
    subnetGroupName: "elasticache-access-name",
    securityGroupIds: ["elasticache-access-id"],
    maintenanceWindow: "sat:03:00-sat:04:00",
    snapshotWindow: "02:00-03:00",
    autoMinorVersionUpgrade: true,
    applyImmediately: true,
};

const six = { numNodeGroups: 3, replicasPerNodeGroup: 1, multiAzEnabled: true };
const one = { numNodeGroups: 1, replicasPerNodeGroup: 0, multiAzEnabled: false };

/** A log of writes needs replicas: dev has none. */
const shapes: Readonly<Record<Tier, readonly [state: object, cache: object]>> = {
    dev: [
        { ...one, nodeType: "cache.t4g.small", durability: "disabled" },
        { ...one, nodeType: "cache.t4g.small", durability: "disabled" },
    ],
    staging: [
        { ...six, nodeType: "cache.m7g.large", durability: "sync" },
        { ...six, nodeType: "cache.t4g.small", durability: "disabled" },
    ],
    prod: [
        { ...six, nodeType: "cache.m7g.large", durability: "sync" },
        { ...six, nodeType: "cache.m7g.large", durability: "disabled" },
    ],
};

describe("ElastiCache for Valkey (CA-01, CA-06, X2, X30)", () => {
    for (const tier of ["dev", "staging", "prod"] as const) {
        it(`has two clusters in ${tier}: one that keeps every key, one that evicts`, async () => {
            const { resources } = await managedCaches("aws", tier);
            const [ofState, ofCache] = shapes[tier];
            assert.deepEqual(inputsOf(resources, "aws:elasticache/replicationGroup:ReplicationGroup"), {
                "valkey-state": {
                    ...common,
                    ...ofState,
                    description: `valkey-state of ${tier}`,
                    parameterGroupName: "valkey-state-name",
                    userGroupIds: [`ecommerce-${tier}-valkey-state`],
                    snapshotRetentionLimit: 7,
                },
                "valkey-cache": {
                    ...common,
                    ...ofCache,
                    description: `valkey-cache of ${tier}`,
                    parameterGroupName: "valkey-cache-name",
                    userGroupIds: [`ecommerce-${tier}-valkey-cache`],
                    snapshotRetentionLimit: 0,
                },
            });
        });
    }

    it("keeps state when memory is full, and evicts cached data (CA-06)", async () => {
        const { resources } = await managedCaches("aws", "prod");
        const group = (name: string, policy: string) => ({
            family: "valkey9",
            description: `${name} of prod`,
            parameters: [
                { name: "cluster-enabled", value: "yes" },
                { name: "maxmemory-policy", value: policy },
            ],
        });
        assert.deepEqual(inputsOf(resources, "aws:elasticache/parameterGroup:ParameterGroup"), {
            "valkey-state": group("valkey-state", "noeviction"),
            "valkey-cache": group("valkey-cache", "allkeys-lru"),
        });
    });

    it("protects prod's clusters and their key, for which ElastiCache has no setting (D7)", async () => {
        const all = inLayer(await managedCaches("aws", "prod"), "cache");
        const own = optionsOf(all.filter(({ type }) => /elasticache\/replicationGroup|kms\/key/.test(type)));
        assert.deepEqual(own, {
            "ReplicationGroup valkey-state": { protect: true },
            "ReplicationGroup valkey-cache": { protect: true },
            "Key elasticache-key": { protect: true },
        });
    });

    it("is maintained in one hour a week, and backed up in the hour before it", () => {
        assert.deepEqual(
            [
                { weekday: 6, hour: 23, minute: 30 },
                { weekday: 0, hour: 0, minute: 5 },
            ].map((start) => [weeklyWindow(start), dailyWindow(start)]),
            [
                ["sat:23:30-sun:00:30", "22:30-23:30"],
                ["sun:00:05-sun:01:05", "23:05-00:05"],
            ],
        );
    });
});
