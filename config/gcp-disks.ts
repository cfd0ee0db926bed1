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
    /** SSD in two zones, with what its CSI driver has to be told; undefined where the series attaches none (ST-03). */
    readonly regional?: { readonly type: string; readonly parameters: Readonly<Record<string, string>> };
}

const pd = ["pd-balanced", "pd-ssd"];

const persistent: GcpDisks = {
    boot: "pd-balanced",
    fast: "pd-ssd",
    standard: "pd-balanced",
    cold: "pd-standard",
    attaches: [...pd, "pd-standard"],
};

/** Two zones by replication: of the persistent disks' series e2, n1, n2 and n2d attach them, c2 and c2d do not. */
const regional: GcpDisks = {
    ...persistent,
    regional: { type: "pd-ssd", parameters: { "replication-type": "regional-pd" } },
};

/** Two zones by its own type: from the third generation on. */
const highlyAvailable = { type: "hyperdisk-balanced-high-availability", parameters: {} };

/** The newest series attach Hyperdisk only and refuse every pd-* type. */
const hyperdisk: GcpDisks = {
    boot: "hyperdisk-balanced",
    fast: "hyperdisk-balanced",
    standard: "hyperdisk-balanced",
    cold: "hyperdisk-balanced",
    attaches: ["hyperdisk-balanced"],
    regional: highlyAvailable,
};

/** The third generation attaches both, but never pd-standard: its volumes fit nodes of the older series too. */
const either: GcpDisks = {
    ...persistent,
    cold: "pd-balanced",
    attaches: [...pd, "hyperdisk-balanced"],
    regional: highlyAvailable,
};

const bySeries: Readonly<Record<string, GcpDisks>> = {
    c3: either,
    c3d: either,
    c4: hyperdisk,
    n4: hyperdisk,
    e2: regional,
    n2: regional,
    n2d: regional,
};

/** `n2d` of `n2d-standard-4`. */
export function series(machineType: string): string {
    return machineType.split("-")[0] ?? "";
}

/** Disk types for a machine type; those of the series before Hyperdisk where the series is none of the new ones (ST-01). */
export function gcpDisks(machineType: string): GcpDisks {
    return bySeries[series(machineType)] ?? persistent;
}
