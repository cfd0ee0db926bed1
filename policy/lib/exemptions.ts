import { isObject } from "./read";

/** Leave for some resources to break one policy for a while. */
export interface Exemption {
    /** Name of the policy. */
    readonly policy: string;
    /** The resources, by URN; `*` stands for any characters. */
    readonly urnPattern: string;
    /** Why the resource may break the policy. */
    readonly reason: string;
    /** Where the work to end the exemption is tracked. */
    readonly ticket?: string;
    /** Last day, UTC, as `2027-01-31`. */
    readonly expires: string;
}

/** The exemptions of one run: which are in force, which were used, what is wrong with the rest. */
export class ExemptionBook {
    private readonly inForce = new Map<string, { readonly exemption: Exemption; readonly pattern: RegExp }[]>();
    private readonly used = new Set<Exemption>();
    /** One sentence for each entry that is malformed or out of date. Such an entry exempts nothing. */
    public readonly faults: readonly string[];

    /** @param entries as written in the config; @param policies the names that exist; @param now decides what is over */
    constructor(
        entries: readonly unknown[],
        policies: ReadonlySet<string>,
        private readonly now: Date,
    ) {
        this.faults = entries.flatMap((entry, index) => this.admit(entry, index, policies));
    }

    /** The exemption that covers a violation, if one does; it counts as used from then on. */
    public find(policy: string, urn: string): Exemption | undefined {
        const match = this.inForce.get(policy)?.find(({ pattern }) => pattern.test(urn))?.exemption;
        if (match !== undefined) {
            this.used.add(match);
        }
        return match;
    }

    /** Exemptions in force that covered nothing so far. */
    public unused(): Exemption[] {
        return [...this.inForce.values()]
            .flat()
            .flatMap(({ exemption }) => (this.used.has(exemption) ? [] : exemption));
    }

    private admit(entry: unknown, index: number, policies: ReadonlySet<string>): string[] {
        const parsed = parseExemption(entry, policies);
        if (typeof parsed === "string") {
            return [`exemptions[${index}] ${parsed}`];
        }
        if (endOf(parsed.expires).getTime() <= this.now.getTime()) {
            return [
                `exemptions[${index}] from "${parsed.policy}" for ${parsed.urnPattern} expired on ${parsed.expires}; ` +
                    "mend the resource, or decide anew and say why",
            ];
        }
        const list = this.inForce.get(parsed.policy) ?? [];
        list.push({ exemption: parsed, pattern: glob(parsed.urnPattern) });
        this.inForce.set(parsed.policy, list);
        return [];
    }
}

/** Reads one entry; a string says what is wrong with it. */
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
        return "needs `policy`, the name of a policy of this pack that can be exempted from";
    }
    if (typeof urnPattern !== "string" || !/[^*:]/.test(urnPattern)) {
        return "needs `urnPattern`, a URN in which * stands for any characters, and not * alone";
    }
    if (typeof reason !== "string" || reason.trim().length < 10) {
        return "needs `reason`, a sentence that says why the resource may break the policy";
    }
    if (typeof expires !== "string" || !isDay(expires)) {
        return "needs `expires`, a day such as 2027-01-31";
    }
    if (ticket !== undefined && typeof ticket !== "string") {
        return "has a `ticket` that is no text";
    }
    return { policy, urnPattern, reason, expires, ...(ticket === undefined ? {} : { ticket }) };
}

/** The note that stands in the output in the violation's place. */
export function exemptionNote(exemption: Exemption): string {
    const ticket = exemption.ticket === undefined ? "" : ` (${exemption.ticket})`;
    return `exempted until ${exemption.expires}${ticket}: ${exemption.reason}`;
}

function isDay(value: string): boolean {
    return /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(endOf(value).getTime());
}

/** The first instant after a day. */
function endOf(day: string): Date {
    const end = new Date(`${day}T00:00:00Z`);
    // 2027-02-31 parses in some engines as 3 March: only a day that prints as itself is a day.
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
