import { weeklyStart } from "../../config/formats";

/** Start of an hour of a week, UTC. */
export interface WeeklyHour {
    /** 0 is Sunday. */
    readonly weekday: number;
    readonly hour: number;
    readonly minute: number;
}

/** When managed clusters are maintained: the first hour of the cluster's own window. */
export function maintenanceHour(cron: string): WeeklyHour {
    const weekly = weeklyStart(cron);
    if (weekly === undefined) {
        throw new Error(`cluster.maintenanceWindow (${cron}) does not recur by week; give one such as 0 3 * * 6`);
    }
    return { weekday: weekly.weekdays[0] ?? 0, hour: weekly.hour, minute: weekly.minute };
}

/** When they are backed up each day: the hour before, so that maintenance never starts without a fresh backup. */
export function backupHour({ hour }: WeeklyHour): number {
    return (hour + 23) % 24;
}

/** Days that their backups are kept, as those of the database (BK-03). */
export const backupDays = 7;
