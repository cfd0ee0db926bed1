import assert from "node:assert/strict";

import { without } from "../deployed";
import { databaseObject, databaseObjects, labelsOf } from "./objects";

const spec = {
    configuration: {
        data: {
            compression: "gzip",
            jobs: 2,
        },
        destinationPath: "gs://shop-project-prod-backup/postgres",
        googleCredentials: {
            gkeEnvironment: true,
        },
        wal: {
            compression: "gzip",
            maxParallel: 4,
        },
    },
    instanceSidecarConfiguration: {
        resources: {
            limits: {
                cpu: "1",
                memory: "512Mi",
            },
            requests: {
                cpu: "100m",
                memory: "256Mi",
            },
        },
    },
    retentionPolicy: "7d",
};

function store(name: string, own: object): object {
    return {
        apiVersion: "barmancloud.cnpg.io/v1",
        kind: "ObjectStore",
        metadata: { name, namespace: "data", labels: labelsOf(name) },
        spec: own,
    };
}

function schedule(name: string, own: object): object {
    return {
        apiVersion: "postgresql.cnpg.io/v1",
        kind: "ScheduledBackup",
        metadata: { name, namespace: "data", labels: labelsOf(name) },
        spec: { ...own, cluster: { name: "postgres" }, backupOwnerReference: "self" },
    };
}

describe("the store of backups", () => {
    const title = "ObjectStore database-backups";
    const configuration = without(spec.configuration, "googleCredentials");

    it("is the stack's bucket, with seven days of recovery, on GCP (BK-01, BK-03)", async () => {
        assert.deepEqual(await databaseObject(title, "gcp", "prod"), store("postgres", spec));
    });

    it("is the stack's bucket on AWS", async () => {
        const own = {
            destinationPath: "s3://shop-backup-staging-123456789012-us-east-1/postgres",
            s3Credentials: { inheritFromIAMRole: true },
        };
        assert.deepEqual(
            await databaseObject(title, "aws", "staging"),
            store("postgres", { ...spec, configuration: { ...configuration, ...own } }),
        );
    });

    it("is the copy of its primary's bucket in a replica, which deletes nothing there (BK-04)", async () => {
        const kept = without(spec, "retentionPolicy");
        const own = {
            destinationPath: "s3://shop-backup-prod-123456789012-us-west-2/postgres",
            s3Credentials: { inheritFromIAMRole: true },
        };
        assert.deepEqual(
            await databaseObject(title, "replica"),
            store("postgres-primary", { ...kept, configuration: { ...configuration, ...own } }),
        );
    });
});

describe("the schedules of backups", () => {
    const titles = ["ScheduledBackup database-schedules-full", "ScheduledBackup database-schedules-snapshot"];

    it("are a full backup at 02:00 UTC and snapshots every six hours (BK-01, BK-02, ST-04)", async () => {
        for (const [cloud, tier] of [
            ["gcp", "prod"],
            ["aws", "staging"],
            ["gcp", "dev"],
        ] as const) {
            const objects = await databaseObjects(cloud, tier);
            assert.deepEqual(
                titles.map((title) => objects[title]),
                [
                    schedule("postgres-full", {
                        schedule: "0 0 2 * * *",
                        method: "plugin",
                        pluginConfiguration: { name: "barman-cloud.cloudnative-pg.io" },
                        immediate: true,
                    }),
                    schedule("postgres-snapshot", { schedule: "0 0 */6 * * *", method: "volumeSnapshot" }),
                ],
            );
        }
    });

    it("are absent on an existing cluster, and in a replica", async () => {
        for (const objects of [await databaseObjects("existing", "dev"), await databaseObjects("replica")]) {
            assert.deepEqual(
                Object.keys(objects).filter((title) => title.startsWith("ScheduledBackup")),
                [],
            );
        }
    });
});
