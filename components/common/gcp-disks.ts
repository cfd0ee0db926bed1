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
}

const persistent: GcpDisks = { boot: "pd-balanced", fast: "pd-ssd", standard: "pd-balanced", cold: "pd-standard" };

/** The newest series attach Hyperdisk only and refuse every pd-* type. */
const hyperdisk: GcpDisks = {
    boot: "hyperdisk-balanced",
    fast: "hyperdisk-balanced",
    standard: "hyperdisk-balanced",
    cold: "hyperdisk-balanced",
};

const bySeries: Readonly<Record<string, GcpDisks>> = {
    // The third generation boots from pd-balanced; its volumes may be both, but never pd-standard.
    c3: { ...persistent, fast: "hyperdisk-balanced", cold: "pd-balanced" },
    c3d: { ...persistent, fast: "hyperdisk-balanced", cold: "pd-balanced" },
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
