import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { Inputs } from "../../custom-resources/inputs";
import type { ObjectStore as BarmanStore } from "../../custom-resources/types/barmancloud.cnpg.io/ObjectStore";
import type { ScheduledBackup } from "../../custom-resources/types/postgresql.cnpg.io/ScheduledBackup";
import { labels } from "../common/labels";
import type { Resources } from "../layer";
import type { ObjectStore } from "../storage/types";
import type { DatabaseSettings } from "./config";
import { clusterName } from "./names";

/** Name of the plugin, in a Cluster and in a ScheduledBackup. */
export const plugin = "barman-cloud.cloudnative-pg.io";

/** Requests and limits of the sidecar that archives the log and makes backups. */
export const sidecarResources: Resources = {
    requests: { cpu: "100m", memory: "256Mi" },
    limits: { cpu: "1", memory: "512Mi" },
};

/** Where Barman's credentials come from, by kind of bucket. */
export type BarmanCredentials = Pick<BarmanStore["spec"]["configuration"], "googleCredentials" | "s3Credentials">;

/** Arguments of {@link BackupStore}. */
export interface BackupStoreArgs {
    readonly namespace: pulumi.Input<string>;
    readonly bucket: ObjectStore;
    /** How Barman gets credentials: from the pod's cloud identity, never from a key. */
    readonly credentials: BarmanCredentials;
    /** Days of the recovery window; undefined for a store that is only read. */
    readonly retentionDays: number | undefined;
    /** What serves the kind. */
    readonly needs: readonly pulumi.Resource[];
}

/**
 * Where backups and the archived log are, in the stack's bucket, or its primary's (BK-01, BK-03, BK-04).
 * Read: plugin-barman-cloud at v0.13.0, web/docs.
 */
export class BackupStore extends pulumi.ComponentResource {
    /** Name of the ObjectStore. */
    public readonly storeName: pulumi.Output<string>;

    constructor(name: string, args: BackupStoreArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:database:BackupStore", name, {}, opts);
        const { namespace, bucket, credentials, retentionDays, needs } = args;
        const objectName = retentionDays === undefined ? `${clusterName}-primary` : clusterName;
        const store = new k8s.apiextensions.CustomResource(
            name,
            {
                apiVersion: "barmancloud.cnpg.io/v1",
                kind: "ObjectStore",
                metadata: { name: objectName, namespace, labels: labels(objectName, "database") },
                spec: {
                    configuration: {
                        destinationPath: pulumi.interpolate`${bucket.url}/postgres`,
                        ...credentials,
                        data: { compression: "gzip", jobs: 2 },
                        wal: { compression: "gzip", maxParallel: 4 },
                    },
                    ...(retentionDays === undefined ? {} : { retentionPolicy: `${retentionDays}d` }),
                    instanceSidecarConfiguration: { resources: sidecarResources },
                },
            } satisfies Inputs<BarmanStore>,
            { parent: this, dependsOn: [...needs] },
        );
        this.storeName = store.metadata.name;
        this.registerOutputs({ storeName: this.storeName });
    }
}

/** Arguments of {@link BackupSchedules}. */
export interface BackupSchedulesArgs {
    readonly namespace: pulumi.Input<string>;
    readonly backup: DatabaseSettings["backup"];
    /** Name of the Cluster; resolves when it is ready. */
    readonly cluster: pulumi.Input<string>;
    /** Whether the stack has a class of volume snapshots. */
    readonly snapshots: boolean;
}

/** A full backup every night, and snapshots of the volumes every six hours (BK-01, BK-02, ST-04). */
export class BackupSchedules extends pulumi.ComponentResource {
    constructor(name: string, args: BackupSchedulesArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:database:BackupSchedules", name, {}, opts);
        const { namespace, backup, cluster, snapshots } = args;
        const schedule = (role: string, spec: Omit<Inputs<ScheduledBackup["spec"]>, "cluster">): void => {
            const objectName = `${clusterName}-${role}`;
            new k8s.apiextensions.CustomResource(
                `${name}-${role}`,
                {
                    apiVersion: "postgresql.cnpg.io/v1",
                    kind: "ScheduledBackup",
                    metadata: { name: objectName, namespace, labels: labels(objectName, "database") },
                    // Deleted with their schedule, unlike the backups in the bucket.
                    spec: { ...spec, cluster: { name: cluster }, backupOwnerReference: "self" },
                } satisfies Inputs<ScheduledBackup>,
                { parent: this },
            );
        };
        schedule("full", {
            // Six fields, seconds first.
            schedule: backup.schedule,
            method: "plugin",
            pluginConfiguration: { name: plugin },
            // From the first minute on there is a backup to restore.
            immediate: true,
        });
        if (snapshots) {
            schedule("snapshot", { schedule: backup.snapshotSchedule, method: "volumeSnapshot" });
        }
        this.registerOutputs({});
    }
}
