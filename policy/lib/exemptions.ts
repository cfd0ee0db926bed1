import { isObject } from "./read";

/** Allows some resources to violate one policy until a date. */
export interface Exemption {
    /** Name of the policy. */
    readonly policy: string;
    /** URN pattern of the resources; `*` matches any characters. */
    readonly urnPattern: string;
    /** Why the resource may violate the policy. */
    readonly reason: string;
    /** Ticket for the removal of the exemption. */
    readonly ticket?: string;
    /** Last valid day, UTC, for example `2027-01-31`. */
    readonly expires: string;
}

/** The exemptions of one run: the active ones, the used ones, and errors in the others. */
export class ExemptionRegistry {
    private readonly active = new Map<string, { readonly exemption: Exemption; readonly pattern: RegExp }[]>();
    private readonly used = new Set<Exemption>();
    /** One message for each malformed or expired entry, which has no effect. */
    public readonly errors: readonly string[];

    /** @param entries as written in the config; @param policies existing policy names; @param now date for the expiry */
    constructor(
        entries: readonly unknown[],
        policies: ReadonlySet<string>,
        private readonly now: Date,
    ) {
        this.errors = entries.flatMap((entry, index) => this.register(entry, index, policies));
    }

    /** The exemption that covers a violation, if any, which is then marked as used. */
    public find(policy: string, urn: string): Exemption | undefined {
        const match = this.active.get(policy)?.find(({ pattern }) => pattern.test(urn))?.exemption;
        if (match !== undefined) {
            this.used.add(match);
        }
        return match;
    }

    /** Active exemptions that have not been used. */
    public unused(): Exemption[] {
        return [...this.active.values()].flat().flatMap(({ exemption }) => (this.used.has(exemption) ? [] : exemption));
    }

    private register(entry: unknown, index: number, policies: ReadonlySet<string>): string[] {
        const parsed = parseExemption(entry, policies);
        if (typeof parsed === "string") {
            return [`exemptions[${index}] ${parsed}`];
        }
        if (endOf(parsed.expires).getTime() <= this.now.getTime()) {
            return [
                `exemptions[${index}] from "${parsed.policy}" for ${parsed.urnPattern} expired on ${parsed.expires}; ` +
                    "fix the resource, or extend the exemption with a reason",
            ];
        }
        const list = this.active.get(parsed.policy) ?? [];
        list.push({ exemption: parsed, pattern: glob(parsed.urnPattern) });
        this.active.set(parsed.policy, list);
        return [];
    }
}

/** Parses one entry; returns a string with the error if it is malformed. */
export function parseExemption(entry: unknown, policies: ReadonlySet<string>): Exemption | string {
    if (!isObject(entry)) {
        return "is not an object";
    }
    const [policy, urnPattern, reason, ticket, expires] = [
        entry["policy"],
        entry["urnPattern"],
        entry["reason"],
        entry["ticket"],
        entry["expires"],
    ];
    if (typeof policy !== "string" || !policies.has(policy)) {
        return "needs `policy`, the name of a policy of this pack that allows exemptions";
    }
    if (typeof urnPattern !== "string" || !/[^*:]/.test(urnPattern)) {
        return "needs `urnPattern`, a URN in which * matches any characters, and not * alone";
    }
    if (typeof reason !== "string" || reason.trim().length < 10) {
        return "needs `reason`, a sentence that explains why the resource may violate the policy";
    }
    if (typeof expires !== "string" || !isDay(expires)) {
        return "needs `expires`, a day such as 2027-01-31";
    }
    if (ticket !== undefined && typeof ticket !== "string") {
        return "has a `ticket` that is not a string";
    }
    return { policy, urnPattern, reason, expires, ...(ticket === undefined ? {} : { ticket }) };
}

/** The note that replaces the violation in the output. */
export function exemptionNote(exemption: Exemption): string {
    const ticket = exemption.ticket === undefined ? "" : ` (${exemption.ticket})`;
    return `exempted until ${exemption.expires}${ticket}: ${exemption.reason}`;
}

function isDay(value: string): boolean {
    return /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(endOf(value).getTime());
}

/** The end of a day. */
function endOf(day: string): Date {
    const end = new Date(`${day}T00:00:00Z`);
    // Some JavaScript engines parse 2027-02-31 as 3 March, hence the round trip.
    if (Number.isNaN(end.getTime()) || end.toISOString().slice(0, 10) !== day) {
        return new Date(Number.NaN);
    }
    end.setUTCDate(end.getUTCDate() + 1);
    return end;
}

function glob(pattern: string): RegExp {
    const parts = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
    return new RegExp(`^${parts.join(".*")}$`, "s");
}
