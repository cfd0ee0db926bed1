import { weeklyStart } from "../../../config/formats";

/** When GKE may perform automatic maintenance. */
export interface MaintenanceWindow {
    readonly startTime: string;
    readonly endTime: string;
    /** RFC 5545 recurrence rule. */
    readonly recurrence: string;
}

const days = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"] as const;

/** A Sunday in the past. A fixed date: a current one would change in every plan. */
const anchor = Date.UTC(2025, 0, 5);

const hour = 3_600_000;

/**
 * Converts a cron expression to a weekly window. GKE requires 48 hours of maintenance in any 32 days, which contain four
 * whole weeks: 12 hours for one day a week, 6 for two, and for three and more the minimum of 4.
 */
export function maintenanceWindow(cron: string): MaintenanceWindow {
    const weekly = weeklyStart(cron);
    if (weekly === undefined) {
        throw new Error(`cluster.maintenanceWindow (${cron}) does not recur by week; give one such as 0 3 * * 6`);
    }
    const { minute, hour: hours, weekdays } = weekly;
    const start = anchor + (weekdays[0] ?? 0) * 24 * hour + hours * hour + minute * 60_000;
    const length = Math.max(4, Math.ceil(48 / 4 / weekdays.length));
    const text = (time: number): string => new Date(time).toISOString().replace(".000Z", "Z");
    return {
        startTime: text(start),
        endTime: text(start + length * hour),
        recurrence: `FREQ=WEEKLY;BYDAY=${weekdays.map((day) => days[day]).join(",")}`,
    };
}
