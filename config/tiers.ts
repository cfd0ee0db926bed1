import type { Tier } from "./schema";

/** Bounds of a node pool over all zones. */
export interface PoolBounds {
    readonly min: number;
    readonly max: number;
}

/** What an environment means to the node pools. */
export interface CoreTier {
    readonly nodePools: Readonly<Record<"app" | "database" | "cache" | "payment", PoolBounds>>;
    /** The pool of nodes that the cloud may take back; undefined where there is none. */
    readonly spotPool: PoolBounds | undefined;
    readonly confidentialPayment: boolean;
}

/** The node pools of the three environments side by side (EN-01 to EN-04). */
export const tiers: Readonly<Record<Tier, CoreTier>> = {
    dev: {
        // One node a zone: three zones even here, or zone mistakes show first in prod (CL-01).
        nodePools: {
            app: { min: 3, max: 6 },
            database: { min: 3, max: 3 },
            cache: { min: 3, max: 3 },
            payment: { min: 3, max: 3 },
        },
        // Three nodes hold all that would run there: a pool more saves nothing.
        spotPool: undefined,
        // Test cards only: machines without memory encryption do, and cost less.
        confidentialPayment: false,
    },
    staging: {
        nodePools: {
            app: { min: 3, max: 12 },
            database: { min: 3, max: 3 },
            cache: { min: 3, max: 3 },
            payment: { min: 3, max: 3 },
        },
        // One a zone, so that staging meets interrupted nodes before prod does.
        spotPool: { min: 0, max: 3 },
        confidentialPayment: true,
    },
    prod: {
        nodePools: {
            // Two nodes a zone at least, twenty at most (CL-03).
            app: { min: 6, max: 20 },
            // A node for the primary and one for each of three replicas (DB-01).
            database: { min: 4, max: 4 },
            cache: { min: 3, max: 3 },
            payment: { min: 3, max: 3 },
        },
        // No node while no pod prefers it, two a zone at most: what prefers it also runs on the app pool (CL-12).
        spotPool: { min: 0, max: 6 },
        confidentialPayment: true,
    },
};

/**
 * Machine types of the pools by cloud and generation: equal vCPU and memory in all four (CL-04 to CL-06, CL-08, CL-15). `seed`
 * is what the source documents name, with pd-* disks on GCP; `latest` the newest series of that size, with Hyperdisk.
 */
export const poolMachines = {
    gcp: {
        seed: {
            app: "e2-standard-4",
            database: "c2-standard-8",
            cache: "n2-highmem-2",
            // The sources' list has no series that encrypts memory; n2d does (CL-08).
            payment: "n2d-standard-4",
            spot: "e2-standard-4",
            frontend: "e2-standard-2",
            backend: "e2-standard-4",
            data: "e2-standard-8",
        },
        latest: {
            app: "n4-standard-4",
            // Not c4: its standard-8 has 30 GB where c2's has 32, and a database is sized by its memory.
            database: "n4-standard-8",
            cache: "n4-highmem-2",
            // n4 has no confidential mode and c4d has 15 GB; c3d has both the mode (SEV) and 16 GB.
            payment: "c3d-standard-4",
            spot: "n4-standard-4",
            frontend: "n4-standard-2",
            backend: "n4-standard-4",
            data: "n4-standard-8",
        },
    },
    aws: {
        seed: {
            app: "m7i.xlarge",
            database: "m7i.2xlarge",
            cache: "r7i.large",
            payment: "m7i.xlarge",
            spot: "m7i.xlarge",
            frontend: "m7i.large",
            backend: "m7i.xlarge",
            data: "m7i.2xlarge",
        },
        latest: {
            app: "m8i.xlarge",
            database: "m8i.2xlarge",
            cache: "r8i.large",
            payment: "m8i.xlarge",
            spot: "m8i.xlarge",
            frontend: "m8i.large",
            backend: "m8i.xlarge",
            data: "m8i.2xlarge",
        },
    },
} as const;

/** Regions and zones where a stack file names none. */
export const placements = {
    gcp: { region: "us-central1", zones: ["us-central1-a", "us-central1-b", "us-central1-c"] },
    aws: { region: "us-east-1", zones: ["us-east-1a", "us-east-1b", "us-east-1c"] },
} as const;

/** Where a replica runs, and where a primary keeps the copies of its backups, if a stack file names nothing (CL-18). */
export const drPlacements = {
    // On the same continent: one bucket of Google's spans two regions of one continent only.
    gcp: { region: "us-east1", zones: ["us-east1-b", "us-east1-c", "us-east1-d"] },
    aws: { region: "us-west-2", zones: ["us-west-2a", "us-west-2b", "us-west-2c"] },
} as const;

/** Continents on which one bucket of Google's can span two regions, by what their regions begin with. */
export const continents: Readonly<Record<string, string>> = { us: "US", europe: "EU", asia: "ASIA" };
