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
    /** SSD in two zones, with what its CSI driver has to be told; undefined where the series attaches none (ST-03). */
    readonly regional?: { readonly type: string; readonly parameters: Readonly<Record<string, string>> };
}

const persistent: GcpDisks = { boot: "pd-balanced", fast: "pd-ssd", standard: "pd-balanced", cold: "pd-standard" };

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
    regional: highlyAvailable,
};

const bySeries: Readonly<Record<string, GcpDisks>> = {
    // The third generation boots from pd-balanced; its volumes may be both, but never pd-standard.
    c3: { ...persistent, fast: "hyperdisk-balanced", cold: "pd-balanced", regional: highlyAvailable },
    c3d: { ...persistent, fast: "hyperdisk-balanced", cold: "pd-balanced", regional: highlyAvailable },
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
