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
    // Written back and compared: the parser also takes 10.0/16, 010.0.0.0/8 and 10.0.0.0/08.
    return value === `${ipaddr.IPv4.networkAddressFromCIDR(value).toString()}/${ipaddr.IPv4.parseCIDR(value)[1]}`;
}

/** Whether two networks share an address. False where one of them is no network: that is another check's to say. */
export function cidrsOverlap(one: string, other: string): boolean {
    if (!ipaddr.IPv4.isValidCIDR(one) || !ipaddr.IPv4.isValidCIDR(other)) {
        return false;
    }
    const [a, b] = [ipaddr.IPv4.parseCIDR(one), ipaddr.IPv4.parseCIDR(other)];
    const shorter = Math.min(a[1], b[1]);
    return a[0].match(b[0], shorter);
}

// Numbers, names, ranges, steps and lists: what Kubernetes knows. The parser's own H, L and # are not among them.
const cronPart = /^(?:\*|\?|(?:\d+|[a-z]{3})(?:-(?:\d+|[a-z]{3}))?)(?:\/\d+)?$/i;

/** A cron expression of five fields (minute hour day month weekday), as a CronJob takes it. */
export function isCron(value: string): boolean {
    const fields = value.split(" ");
    // The parser also takes seconds, and 7 for Sunday; Kubernetes does neither.
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

/** When a weekly window starts, UTC. */
export interface WeeklyStart {
    readonly minute: number;
    readonly hour: number;
    /** 0 is Sunday; ascending, at least one. */
    readonly weekdays: readonly number[];
}

/** A cron expression as one time of day on chosen weekdays; undefined where it says anything else. */
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
    // Sunday is 0 and 7 at once.
    const weekdays = [...new Set(fields.dayOfWeek.values.map((day) => Number(day) % 7))].sort((a, b) => a - b);
    return { minute, hour, weekdays };
}

const namePart = "[a-z0-9]+(?:[._-]+[a-z0-9]+)*";
const image = new RegExp(
    `^${namePart}(?::[0-9]+(?=/))?(?:/${namePart})*(?::(?<tag>\\w[\\w.-]{0,127}))?(?<digest>@sha256:[0-9a-f]{64})?$`,
);

/** An image that names its version: by a tag other than `latest`, by a digest, or by both. */
export function isPinnedImage(value: string): boolean {
    const { tag, digest } = image.exec(value)?.groups ?? {};
    return tag !== "latest" && (tag !== undefined || digest !== undefined);
}

const registry = new RegExp(
    `^(?:[a-z0-9-]+(?:\\.[a-z0-9-]+)+(?::[0-9]+)?|[a-z0-9-]+:[0-9]+|localhost)(?:/${namePart})*$`,
);

/** A registry, with or without a path, that a name can be put behind; a host without dot or port would be Docker Hub's. */
export function isRegistry(value: string): boolean {
    return registry.test(value);
}

/** The registry of an image, as container runtimes read it: the first part where it looks like a host. */
export function registryOf(image: string): string {
    const first = image.split("/")[0] ?? "";
    return image.includes("/") && /[.:]|^localhost$/.test(first) ? first : "docker.io";
}

/** An OCI registry, or a folder that says that it is one: `charts` alone would be a chart's name. */
export function isChartSource(value: string): boolean {
    return value.startsWith("oci://")
        ? isRegistry(value.slice("oci://".length))
        : /^\.{0,2}\/[^\s:]*[^\s:/]$/.test(value);
}
