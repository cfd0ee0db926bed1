import { CronExpressionParser } from "cron-parser";
import * as ipaddr from "ipaddr.js";

const labelPattern = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

/** A DNS name of at least two labels, lower case, without a trailing dot or a wildcard; no IP address. */
export function isDomain(value: string): boolean {
    const labels = value.split(".");
    const named = labels.length >= 2 && labels.every((label) => labelPattern.test(label));
    return value.length <= 253 && named && !/\.[0-9]+$/.test(value);
}

/** An IPv4 network in CIDR form, given by its first address (`10.0.0.0/16`, not `10.0.0.7/16`). */
export function isCidr(value: string): boolean {
    if (!ipaddr.IPv4.isValidCIDR(value)) {
        return false;
    }
    // Formatted and compared, because the parser also accepts 10.0/16, 010.0.0.0/8 and 10.0.0.0/08.
    return value === `${ipaddr.IPv4.networkAddressFromCIDR(value).toString()}/${ipaddr.IPv4.parseCIDR(value)[1]}`;
}

/** Whether two networks share an address. False if one of them is invalid, which another check reports. */
export function cidrsOverlap(one: string, other: string): boolean {
    if (!ipaddr.IPv4.isValidCIDR(one) || !ipaddr.IPv4.isValidCIDR(other)) {
        return false;
    }
    const [a, b] = [ipaddr.IPv4.parseCIDR(one), ipaddr.IPv4.parseCIDR(other)];
    const shorter = Math.min(a[1], b[1]);
    return a[0].match(b[0], shorter);
}

// Kubernetes accepts numbers, names, ranges, steps and lists, but not the parser's H, L and #.
const cronPart = /^(?:\*|\?|(?:\d+|[a-z]{3})(?:-(?:\d+|[a-z]{3}))?)(?:\/\d+)?$/i;

/** A cron expression of five fields (minute hour day month weekday), as a CronJob accepts it. */
export function isCron(value: string): boolean {
    const fields = value.split(" ");
    // The parser also accepts seconds, and 7 for Sunday; Kubernetes rejects both.
    const plain = fields.every((field) => field.split(",").every((part) => cronPart.test(part)));
    if (fields.length !== 5 || !plain || /(?<!\/)7/.test(fields[4] ?? "")) {
        return false;
    }
    try {
        CronExpressionParser.parse(value);
        return true;
    } catch {
        return false;
    }
}

/**
 * The longest time between two starts of a cron expression that {@link isCron} accepts, in seconds. Of one that does not start
 * every day it is a day, which is less than the truth and enough to compare with hours.
 */
export function longestPause(value: string): number {
    const { minute, hour, dayOfMonth, month, dayOfWeek } = CronExpressionParser.parse(value).fields;
    const daily = [dayOfMonth, month, dayOfWeek].every(({ isWildcard }) => isWildcard);
    const starts = hour.values.flatMap((hours) => minute.values.map((minutes) => hours * 60 + minutes));
    const [first = 0] = starts;
    // The first of the next day follows the last.
    const pauses = [...starts.slice(1), first + 24 * 60].map((start, index) => start - (starts[index] ?? 0));
    return 60 * (daily ? Math.max(...pauses) : 24 * 60);
}

/** When a weekly window starts, UTC. */
export interface WeeklyStart {
    readonly minute: number;
    readonly hour: number;
    /** 0 is Sunday; ascending, never empty. */
    readonly weekdays: readonly number[];
}

/** The weekdays and the time of day of a weekly cron expression; undefined for other expressions. */
export function weeklyStart(value: string): WeeklyStart | undefined {
    if (!isCron(value)) {
        return undefined;
    }
    const { fields } = CronExpressionParser.parse(value);
    const [minute, ...minutes] = fields.minute.values;
    const [hour, ...hours] = fields.hour.values;
    const monthly = !fields.dayOfMonth.isWildcard || !fields.month.isWildcard;
    if (monthly || minute === undefined || hour === undefined || minutes.length > 0 || hours.length > 0) {
        return undefined;
    }
    // The parser lists Sunday as 0 and as 7.
    const weekdays = [...new Set(fields.dayOfWeek.values.map((day) => Number(day) % 7))].sort((a, b) => a - b);
    return { minute, hour, weekdays };
}

const namePart = "[a-z0-9]+(?:[._-]+[a-z0-9]+)*";
const image = new RegExp(
    `^${namePart}(?::[0-9]+(?=/))?(?:/${namePart})*(?::(?<tag>\\w[\\w.-]{0,127}))?(?<digest>@sha256:[0-9a-f]{64})?$`,
);

/** An image with a tag other than `latest`, a digest, or both. */
export function isPinnedImage(value: string): boolean {
    const { tag, digest } = image.exec(value)?.groups ?? {};
    return tag !== "latest" && (tag !== undefined || digest !== undefined);
}

const registry = new RegExp(
    `^(?:[a-z0-9-]+(?:\\.[a-z0-9-]+)+(?::[0-9]+)?|[a-z0-9-]+:[0-9]+|localhost)(?:/${namePart})*$`,
);

/** A registry, with or without a path. A host without dot or port is rejected: runtimes read it as a path on Docker Hub. */
export function isRegistry(value: string): boolean {
    return registry.test(value);
}

/** The registry of an image as container runtimes parse it: the first part if it has the form of a host. */
export function registryOf(image: string): string {
    const first = image.split("/")[0] ?? "";
    return image.includes("/") && /[.:]|^localhost$/.test(first) ? first : "docker.io";
}

/** An OCI registry, or a folder that begins with `/`, `./` or `../`: `charts` alone would be a chart's name. */
export function isChartSource(value: string): boolean {
    return value.startsWith("oci://")
        ? isRegistry(value.slice("oci://".length))
        : /^\.{0,2}\/[^\s:]*[^\s:/]$/.test(value);
}
