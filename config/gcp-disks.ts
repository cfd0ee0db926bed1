/** Disk types that machines of a series can attach. */
export interface GcpDisks {
    /** Boot disk of a node. */
    readonly boot: string;
    /** SSD for databases and queues. */
    readonly fast: string;
    /** Standard SSD. */
    readonly standard: string;
    /** Cheapest that there is, for what is seldom read. */
    readonly cold: string;
    /** All that a volume of such a machine may be. */
    readonly attaches: readonly string[];
}

const pd = ["pd-balanced", "pd-ssd"];

const persistent: GcpDisks = {
    boot: "pd-balanced",
    fast: "pd-ssd",
    standard: "pd-balanced",
    cold: "pd-standard",
    attaches: [...pd, "pd-standard"],
};

/** The newest series attach Hyperdisk only and refuse every pd-* type. */
const hyperdisk: GcpDisks = {
    boot: "hyperdisk-balanced",
    fast: "hyperdisk-balanced",
    standard: "hyperdisk-balanced",
    cold: "hyperdisk-balanced",
    attaches: ["hyperdisk-balanced"],
};

/** The third generation attaches both, but never pd-standard: its volumes fit nodes of the older series too. */
const either: GcpDisks = { ...persistent, cold: "pd-balanced", attaches: [...pd, "hyperdisk-balanced"] };

const bySeries: Readonly<Record<string, GcpDisks>> = {
    c3: either,
    c3d: either,
    c4: hyperdisk,
    n4: hyperdisk,
};

/** `n2d` of `n2d-standard-4`. */
export function series(machineType: string): string {
    return machineType.split("-")[0] ?? "";
}

/** Disk types for a machine type; those of the series before Hyperdisk where the series is none of the new ones (ST-01). */
export function gcpDisks(machineType: string): GcpDisks {
    return bySeries[series(machineType)] ?? persistent;
}
