import { CronExpressionParser } from "cron-parser";

/** When GKE may change the cluster by itself. */
export interface MaintenanceWindow {
    readonly startTime: string;
    readonly endTime: string;
    /** RFC 5545 recurrence rule. */
    readonly recurrence: string;
}

const days = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"] as const;

/** A Sunday long past: a fixed date, or every plan would differ from the one before. */
const anchor = Date.UTC(2025, 0, 5);

const hour = 3_600_000;

/** The one value of a field that has to have one. */
function single(cron: string, field: string, values: readonly (number | string)[]): number {
    const [value] = values;
    if (values.length !== 1 || typeof value !== "number") {
        throw new Error(
            `cluster.maintenanceWindow (${cron}) has several values of ${field}; ` +
                "give one minute and one hour, such as 0 3 * * 6",
        );
    }
    return value;
}

/**
 * Turns a cron expression's start into a weekly window. GKE wants 48 hours of maintenance in any 32 days, which hold
 * four whole weeks: one day a week makes a window of 12 hours, two days 6, three and more the 4 hours that are its least.
 */
export function maintenanceWindow(cron: string): MaintenanceWindow {
    const { fields } = CronExpressionParser.parse(cron);
    if (!fields.dayOfMonth.isWildcard || !fields.month.isWildcard) {
        throw new Error(
            `cluster.maintenanceWindow (${cron}) names days of the month, but maintenance recurs by week; ` +
                "give * as third and fourth field, such as 0 3 * * 6",
        );
    }
    const minutes = single(cron, "minute", fields.minute.values);
    const hours = single(cron, "hour", fields.hour.values);
    // Sunday is 0 and 7 at once.
    const weekdays = [...new Set(fields.dayOfWeek.values.map((day) => Number(day) % 7))].sort((a, b) => a - b);
    const start = anchor + (weekdays[0] ?? 0) * 24 * hour + hours * hour + minutes * 60_000;
    const length = Math.max(4, Math.ceil(48 / 4 / weekdays.length));
    const text = (time: number): string => new Date(time).toISOString().replace(".000Z", "Z");
    return {
        startTime: text(start),
        endTime: text(start + length * hour),
        recurrence: `FREQ=WEEKLY;BYDAY=${weekdays.map((day) => days[day]).join(",")}`,
    };
}
