import * as pulumi from "@pulumi/pulumi";

import { maintenanceRole } from "../../../catalog/schema/access";
import { ScheduledJob } from "../../common/scheduled-job";
import type { PartitionMaintenanceArgs } from "./maintenance";
import { psqlContainer, sqlPod, type SqlTarget } from "./pod";

/** The CronJobs that call one function each (SV-13), by name. */
export const scheduledSql = {
    /** Stock of reservations whose order was never paid; several times an hour, so that it is sold soon. */
    "reservation-cleanup": {
        schedule: "*/15 * * * *",
        sql: "SELECT shop.release_expired_reservations()",
        startWithinSeconds: 600,
    },
    /** The sales of yesterday, and again those of the week before, of which orders were cancelled since. */
    "daily-report": { schedule: "15 0 * * *", sql: "SELECT shop.report_daily_sales()", startWithinSeconds: 3600 },
} as const;

/** Cleanup and reports, by functions of the schema as a role that may do nothing else (SV-13). */
export class ScheduledSql extends pulumi.ComponentResource {
    constructor(name: string, args: PartitionMaintenanceArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:database:ScheduledSql", name, {}, opts);
        const { config, namespace, host, serverCheck = "verify-full", credentials, certificate, needs } = args;
        const target: SqlTarget = { host, user: maintenanceRole, credentials, certificate, serverCheck };
        for (const [jobName, { schedule, sql, startWithinSeconds }] of Object.entries(scheduledSql)) {
            const container = psqlContainer(jobName, config, target, [`--command=${sql}`]);
            new ScheduledJob(
                `${name}-${jobName}`,
                {
                    jobName,
                    namespace,
                    component: "database",
                    schedule,
                    startWithinSeconds,
                    stopAfterSeconds: 600,
                    pod: sqlPod(jobName, config, target, { containers: [container] }, {}),
                    needs,
                },
                { parent: this },
            );
        }
        this.registerOutputs({});
    }
}
