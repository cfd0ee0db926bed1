/** Disk types that machines of a series can attach. */
export interface GcpDisks {
    /** Boot disk of a node. */
    readonly boot: string;
    /** SSD for databases and queues. */
    readonly fast: string;
    /** Standard SSD. */
    readonly standard: string;
    /** Cheapest type, for data that is seldom read. */
    readonly cold: string;
    /** All types that such a machine can attach. */
    readonly attaches: readonly string[];
    /** SSD replicated to two zones, with its CSI driver's parameters; undefined if the series cannot attach one (ST-03). */
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

/** Replicated persistent disks: e2, n1, n2 and n2d can attach them, c2 and c2d cannot. */
const regional: GcpDisks = {
    ...persistent,
    regional: { type: "pd-ssd", parameters: { "replication-type": "regional-pd" } },
};

/** A separate disk type for two zones, from the third generation on. */
const highlyAvailable = { type: "hyperdisk-balanced-high-availability", parameters: {} };

/** The newest series attach Hyperdisk only, no pd-* type. */
const hyperdisk: GcpDisks = {
    boot: "hyperdisk-balanced",
    fast: "hyperdisk-balanced",
    standard: "hyperdisk-balanced",
    cold: "hyperdisk-balanced",
    attaches: ["hyperdisk-balanced"],
    regional: highlyAvailable,
};

/** The third generation attaches both except pd-standard; it uses pd-* types, so that older series can attach its volumes. */
const either: GcpDisks = {
    ...persistent,
    cold: "pd-balanced",
    attaches: [...pd, "hyperdisk-balanced"],
    regional: highlyAvailable,
};

/** https://docs.cloud.google.com/compute/docs/disks, and for two zones https://docs.cloud.google.com/compute/docs/disks/regional-persistent-disk. */
const bySeries: Readonly<Record<string, GcpDisks>> = {
    c3: either,
    c3d: either,
    c4: hyperdisk,
    n4: hyperdisk,
    e2: regional,
    n2: regional,
    n2d: regional,
};

/** The series of a machine type: `n2d` of `n2d-standard-4`. */
export function series(machineType: string): string {
    return machineType.split("-")[0] ?? "";
}

/** Disk types for a machine type; persistent disks for series that are not listed (ST-01). */
export function gcpDisks(machineType: string): GcpDisks {
    return bySeries[series(machineType)] ?? persistent;
}
