import { group, text, whole } from "../../config/fields";
import { ruleOn, type Rule } from "../../config/part";

/** Snapshots of the index in the stack's bucket. */
export interface SearchBackup {
    /** Elasticsearch's six or seven cron fields, UTC. */
    readonly schedule: string;
    readonly retentionDays: number;
    /** Whether the stack has a bucket for them. */
    readonly enabled: boolean;
}

/** In the hour after the database's full backup; a week, as the other backups. */
export const backupDefaults = { schedule: "0 30 3 * * ?", retentionDays: 7 } as const;

/** The keys of the snapshots. */
export const backupShape = group("Snapshots of the index in the stack's bucket; an existing cluster has none (BK-06)", {
    schedule: text(
        "Start, UTC, in Elasticsearch's form: seconds first, and ? for one of the two days",
        /^\S+( \S+)*$/,
        "six or seven fields, such as 0 30 3 * * ?",
    ).optional(),
    retentionDays: whole("Days that a snapshot is kept; the newest one is always", 1, 365).optional(),
});

interface Field {
    readonly name: string;
    readonly min: number;
    readonly max: number;
    readonly names?: readonly string[];
    /** Whether `?` stands for no value. */
    readonly open?: boolean;
}

/**
 * Elasticsearch's fields. It has L, W and # too, which are not accepted here.
 * https://www.elastic.co/docs/explore-analyze/alerting/watcher/schedule-types#schedule-cron
 */
const fields: readonly Field[] = [
    { name: "seconds", min: 0, max: 59 },
    { name: "minutes", min: 0, max: 59 },
    { name: "hours", min: 0, max: 23 },
    { name: "day of month", min: 1, max: 31, open: true },
    { name: "month", min: 1, max: 12, names: "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split(" ") },
    { name: "day of week", min: 1, max: 7, names: "SUN MON TUE WED THU FRI SAT".split(" "), open: true },
    { name: "year", min: 1970, max: 2099 },
];

/** The values of a field in ascending order; undefined if it is not one. */
function valuesOf({ min, max, names = [], open = false }: Field, value: string): readonly number[] | undefined {
    if (value === "?") {
        return open ? [] : undefined;
    }
    const number = (one: string): number => {
        const named = names.indexOf(one.toUpperCase());
        return named >= 0 ? named + min : /^[0-9]+$/.test(one) ? Number(one) : NaN;
    };
    const found = new Set<number>();
    for (const part of value.split(",")) {
        const [, from = "", to, step] = /^([^-/]+)(?:-([^-/]+))?(?:\/([0-9]+))?$/.exec(part) ?? [];
        const first = from === "*" ? min : number(from);
        // A number with a step starts there, and has no end.
        const last = to === undefined ? (from === "*" || step !== undefined ? max : first) : number(to);
        const by = step === undefined ? 1 : Number(step);
        if (!(first >= min && last <= max && first <= last && by >= 1 && by <= max)) {
            return undefined;
        }
        for (let one = first; one <= last; one += by) {
            found.add(one);
        }
    }
    return [...found].sort((a, b) => a - b);
}

const path = "search.backup.schedule";
const example = "such as 0 30 3 * * ?";

/** Elasticsearch's `slm.minimum_interval`, in minutes; a policy with a shorter one is refused. */
const minimumInterval = 15;

/** Shortest time between two starts within an hour, in minutes. */
function interval(seconds: readonly number[], minutes: readonly number[], hours: readonly number[]): number {
    if (seconds.length > 1) {
        return 0;
    }
    const [first = 0] = minutes;
    const following = [...minutes.slice(1), ...(hours.length > 1 ? [first + 60] : [])];
    return Math.min(60, ...following.map((one, index) => one - (minutes[index] ?? 0)));
}

type BackupRule = Rule<{ readonly search: { readonly backup: SearchBackup } }>;

/** The schedule is one of Elasticsearch: a mistake would be found by the job only, after the deployment. */
const scheduleIsElasticsearchs: BackupRule = ({ config }) => {
    const value = config.search.backup.schedule;
    const problem = (message: string) => [{ path, value, message }];
    const parts = value.split(" ");
    if (parts.length !== 6 && parts.length !== 7) {
        return problem(
            `has ${parts.length} ${parts.length === 1 ? "field" : "fields"}, and Elasticsearch's schedules have 6 or 7, seconds first; give them, ${example}`,
        );
    }
    const values: (readonly number[])[] = [];
    for (const [index, part] of parts.entries()) {
        const field = fields[index];
        const found = field === undefined ? undefined : valuesOf(field, part);
        if (field === undefined || found === undefined) {
            const { name = "", min = 0, max = 0 } = field ?? {};
            return problem(
                `has ${part} as ${name}, which is not of ${min} to ${max} with , - * /; give six or seven fields, ${example}`,
            );
        }
        values.push(found);
    }
    const open = [parts[3], parts[5]].filter((one) => one === "?").length;
    if (open !== 1) {
        return problem(
            `has ? for ${open} of the two days, and Elasticsearch needs it for one: day of month or day of week; give it, ${example}`,
        );
    }
    const [seconds = [], minutes = [], hours = []] = values;
    const minutesBetween = interval(seconds, minutes, hours);
    return minutesBetween < minimumInterval
        ? problem(
              `starts again after ${minutesBetween === 0 ? "less than a minute" : `${minutesBetween} minutes`}, and Elasticsearch refuses less than ${minimumInterval}; give fewer seconds or minutes, ${example}`,
          )
        : [];
};

/** A key that has no effect is a backup that does not exist. */
const existingHasNoBucket: Rule<unknown, { readonly search?: { readonly backup?: unknown } | undefined }> = ({
    settings,
}) =>
    settings.search?.backup === undefined
        ? []
        : [
              {
                  path: "search.backup",
                  value: settings.search.backup,
                  message: "has no effect: an existing cluster has no bucket for snapshots; remove the key",
              },
          ];

/** Rules about the snapshots. */
export const backupRules = [scheduleIsElasticsearchs, ruleOn(["existing"], existingHasNoBucket)] as const;
