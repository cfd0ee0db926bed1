import assert from "node:assert/strict";

import { databaseConfig } from "../../../components/database/config";
import { describePart } from "../../config/describe-part";
import { resolvedSettings as resolved } from "../../config/stack-file";
import { databaseGood, databaseMistakes } from "./mistakes";

describePart(databaseConfig, databaseMistakes, databaseGood);

const backup = {
    schedule: "0 0 2 * * *",
    snapshotSchedule: "0 0 */6 * * *",
    retentionDays: 7,
    monthlyCopies: 12,
};

describe("the database's defaults", () => {
    it("are a primary and three replicas in prod (DB-01, DB-08, DB-09)", () => {
        assert.deepEqual(resolved("prod", "gcp").database, {
            kind: "cloudnative-pg",
            instances: 4,
            zones: 3,
            cpu: "6",
            memory: "24Gi",
            storageGiB: 200,
            walGiB: 50,
            maxConnections: 700,
            poolers: { instances: 3, serverConnections: 40, readShare: 75 },
            pgpool: { enabled: true, instances: 2, children: 50, pools: 4, queryCacheSeconds: 0 },
            backup: { ...backup, enabled: true },
            passwordGeneration: 1,
            users: "plain",
        });
    });

    it("are smaller in staging, with the same parts", () => {
        assert.deepEqual(resolved("staging", "aws").database, {
            kind: "cloudnative-pg",
            instances: 3,
            zones: 3,
            cpu: "2",
            memory: "8Gi",
            storageGiB: 50,
            walGiB: 20,
            maxConnections: 600,
            poolers: { instances: 2, serverConnections: 20, readShare: 75 },
            pgpool: { enabled: true, instances: 2, children: 50, pools: 4, queryCacheSeconds: 0 },
            backup: { ...backup, enabled: true },
            passwordGeneration: 1,
            users: "plain",
        });
    });

    const dev = {
        kind: "cloudnative-pg",
        instances: 1,
        zones: 1,
        cpu: "250m",
        memory: "1Gi",
        storageGiB: 10,
        walGiB: 5,
        maxConnections: 100,
        poolers: { instances: 1, serverConnections: 20, readShare: 75 },
        pgpool: { enabled: false, instances: 1, children: 50, pools: 4, queryCacheSeconds: 0 },
        backup: { ...backup, enabled: true },
        passwordGeneration: 1,
        users: "plain",
    };

    it("are one small instance in dev, without backups on an existing cluster", () => {
        assert.deepEqual(resolved("dev", "gcp").database, dev);
        assert.deepEqual(resolved("dev", "existing").database, { ...dev, backup: { ...backup, enabled: false } });
    });

    it("are the same where one node has all data (CL-15)", () => {
        assert.deepEqual(resolved("dev", "gcp", { "nodePools.profile": "compact" }).database, dev);
    });

    it("are two instances that replay the primary's log in a replica (BK-04, CL-18)", () => {
        const replica = { "recovery.role": "replica", "recovery.replicaOf": "prod", "aws.region": "us-west-2" };
        const { database } = resolved("prod", "aws", replica);
        const { instances, zones, poolers, pgpool } = database;
        assert.deepEqual(
            { instances, zones, poolers, pgpool },
            {
                instances: 2,
                zones: 2,
                poolers: { instances: 1, serverConnections: 40, readShare: 75 },
                pgpool: { enabled: false, instances: 2, children: 50, pools: 4, queryCacheSeconds: 0 },
            },
        );
    });
});
