import { CronExpressionParser } from "cron-parser";
import * as ipaddr from "ipaddr.js";

const labelPattern = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

/** A DNS name of at least two labels, lower case, without a trailing dot or a wildcard. */
export function isDomain(value: string): boolean {
    const labels = value.split(".");
    return value.length <= 253 && labels.length >= 2 && labels.every((label) => labelPattern.test(label));
}

/** An IPv4 network in CIDR form, given by its first address (`10.0.0.0/16`, not `10.0.0.7/16`). */
export function isCidr(value: string): boolean {
    return ipaddr.IPv4.isValidCIDR(value) && ipaddr.IPv4.networkAddressFromCIDR(value).toString() === value.split("/")[0];
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

/** A cron expression of five fields (minute hour day month weekday), as a CronJob takes it. */
export function isCron(value: string): boolean {
    // The parser also takes seconds; Kubernetes does not.
    if (value.trim().split(/\s+/).length !== 5) {
        return false;
    }
    try {
        CronExpressionParser.parse(value);
        return true;
    } catch {
        return false;
    }
}
