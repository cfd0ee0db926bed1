import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { maintenanceRole } from "../../../catalog/schema/access";
import { labels } from "../../common/labels";
import type { LayerConfig } from "../layer-config";
import type { ServerCheck } from "../server-check";
import { psqlContainer, sqlPod, type SqlTarget } from "./pod";

/** Arguments of {@link PartitionMaintenance}. */
export interface PartitionMaintenanceArgs {
    readonly config: LayerConfig;
    readonly namespace: pulumi.Input<string>;
    /** Host of the primary without a pooler. */
    readonly host: pulumi.Input<string>;
    /** How the server is checked. @default verify-full */
    readonly serverCheck?: ServerCheck;
    /** Secret of the role that may call the functions, and nothing else. */
    readonly credentials: pulumi.Input<string>;
    /** Secret of the servers' certificate. */
    readonly certificate: pulumi.Input<string>;
    /** Resolves when the schema has the functions. */
    readonly needs: readonly pulumi.Resource[];
}

/** Name of the CronJob and of its account. */
export const maintenanceName = "partition-maintenance";

/** Months for which partitions exist ahead: two runs may fail before one is missing (DB-12). */
export const monthsAhead = 3;

/** Creates the partitions of the next months (DB-12). */
export class PartitionMaintenance extends pulumi.ComponentResource {
    public readonly cronJobName: pulumi.Output<string>;

    constructor(name: string, args: PartitionMaintenanceArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:database:PartitionMaintenance", name, {}, opts);
        const { config, namespace, host, serverCheck = "verify-full", credentials, certificate, needs } = args;
        const child = { parent: this };
        const metadata = { name: maintenanceName, namespace, labels: labels(maintenanceName, "database") };
        const account = new k8s.core.v1.ServiceAccount(
            `${name}-account`,
            { metadata, automountServiceAccountToken: false },
            child,
        );
        const target: SqlTarget = { host, user: maintenanceRole, credentials, certificate, serverCheck };
        const command = `--command=SELECT shop.create_month_partitions(${monthsAhead})`;
        const cronJob = new k8s.batch.v1.CronJob(
            name,
            {
                metadata,
                spec: {
                    // The first night of each month, after the backup of 02:00.
                    schedule: "30 3 1 * *",
                    timeZone: "Etc/UTC",
                    concurrencyPolicy: "Forbid",
                    // A run may start up to a day late, as after an outage of the control plane.
                    startingDeadlineSeconds: 86_400,
                    successfulJobsHistoryLimit: 1,
                    failedJobsHistoryLimit: 3,
                    jobTemplate: {
                        spec: {
                            backoffLimit: 6,
                            activeDeadlineSeconds: 1800,
                            template: {
                                metadata: { labels: metadata.labels },
                                spec: sqlPod(
                                    maintenanceName,
                                    config,
                                    target,
                                    { containers: [psqlContainer(maintenanceName, config, target, [command])] },
                                    {},
                                ),
                            },
                        },
                    },
                },
            },
            { ...child, dependsOn: [account, ...needs] },
        );
        this.cronJobName = cronJob.metadata.name;
        this.registerOutputs({ cronJobName: this.cronJobName });
    }
}
