import type * as aws from "@pulumi/aws";

import { type WeeklyStart, weeklyStart } from "../../../config/formats";
import { dailyStart } from "../config-kind";
import { managedParameters, type Parameters } from "../managed/parameters";
import type { ManagedSettings } from "../managed/types";

/** Parameters that RDS reads at a start only: the group's list of static parameters. */
const atStart: ReadonlySet<string> = new Set(["max_connections"]);

/** Parameters of RDS. Read: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.PostgreSQL.CommonDBATasks.Parameters.html. */
export function rdsParameters(database: ManagedSettings): aws.types.input.rds.ParameterGroupParameter[] {
    const own: Parameters = {
        ...managedParameters(database),
        // Passwords and data are never sent in plain text.
        "rds.force_ssl": true,
        // No MD5 hashes, which can be used as passwords.
        "rds.accepted_password_auth_method": "scram",
    };
    return Object.entries(own).map(([name, value]) => ({
        name,
        value: typeof value === "boolean" ? (value ? "1" : "0") : String(value),
        applyMethod: atStart.has(name) ? "pending-reboot" : "immediate",
    }));
}

function time(minutes: number): string {
    const [hour, minute] = [Math.floor(minutes / 60) % 24, minutes % 60];
    return `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}

/** Half an hour from the daily start, RDS' minimum, UTC (BK-01). */
export function backupWindow(schedule: string): string {
    const { hour, minute } = dailyStart(schedule) ?? { hour: 2, minute: 0 };
    const start = hour * 60 + minute;
    return `${time(start)}-${time(start + 30)}`;
}

const days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const;

/** An hour from the weekly start, UTC; RDS has one window a week. */
export function maintenanceWindow(cron: string): string {
    const { weekdays, hour, minute }: WeeklyStart = weeklyStart(cron) ?? { weekdays: [6], hour: 3, minute: 0 };
    const start = (weekdays[0] ?? 6) * 1440 + hour * 60 + minute;
    const at = (minutes: number): string => `${days[Math.floor(minutes / 1440) % 7] ?? "sat"}:${time(minutes % 1440)}`;
    return `${at(start)}-${at(start + 60)}`;
}
