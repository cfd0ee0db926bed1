import type { Tier } from "./schema";

/** Number of nodes of a pool in all zones together. */
export interface PoolBounds {
    readonly min: number;
    readonly max: number;
}

/** The node pools of a tier. */
export interface CoreTier {
    readonly nodePools: Readonly<Record<"app" | "database" | "cache" | "payment", PoolBounds>>;
    /** The pool of spot nodes; undefined if the tier has none. */
    readonly spotPool: PoolBounds | undefined;
    readonly confidentialPayment: boolean;
}

/** The node pools of the three tiers (EN-01 to EN-04). */
export const tiers: Readonly<Record<Tier, CoreTier>> = {
    dev: {
        // One node per zone: with fewer zones, mistakes about zones would first appear in prod (CL-01).
        nodePools: {
            app: { min: 3, max: 6 },
            database: { min: 3, max: 3 },
            cache: { min: 3, max: 3 },
            payment: { min: 3, max: 3 },
        },
        // Three nodes have enough capacity for all pods: another pool would save nothing.
        spotPool: undefined,
        // Dev has test cards only: machines without memory encryption are sufficient and cost less.
        confidentialPayment: false,
    },
    staging: {
        nodePools: {
            app: { min: 3, max: 12 },
            database: { min: 3, max: 3 },
            cache: { min: 3, max: 3 },
            payment: { min: 3, max: 3 },
        },
        // One per zone, so that interrupted nodes are tested in staging before prod.
        spotPool: { min: 0, max: 3 },
        confidentialPayment: true,
    },
    prod: {
        nodePools: {
            // At least two nodes per zone, at most twenty in all (CL-03).
            app: { min: 6, max: 20 },
            // One node for the primary and one for each of three replicas (DB-01).
            database: { min: 4, max: 4 },
            cache: { min: 3, max: 3 },
            payment: { min: 3, max: 3 },
        },
        // No nodes without pods that prefer them, at most two per zone; such pods can also run on the app pool (CL-12).
        spotPool: { min: 0, max: 6 },
        confidentialPayment: true,
    },
};

/**
 * Machine types of the pools by cloud and generation, with the same vCPU and memory in all four (CL-04 to CL-06, CL-08,
 * CL-15). `seed` has the types of the source documents, with pd-* disks on GCP; `latest` the newest series, with Hyperdisk.
 */
export const poolMachines = {
    gcp: {
        seed: {
            app: "e2-standard-4",
            database: "c2-standard-8",
            cache: "n2-highmem-2",
            // No series in the source documents can encrypt memory; n2d can (CL-08).
            payment: "n2d-standard-4",
            spot: "e2-standard-4",
            frontend: "e2-standard-2",
            backend: "e2-standard-4",
            data: "e2-standard-8",
        },
        latest: {
            app: "n4-standard-4",
            // Not c4: c4-standard-8 has 30 GB, c2-standard-8 has 32, and the database's size is its memory.
            database: "n4-standard-8",
            cache: "n4-highmem-2",
            // n4 has no confidential mode and c4d has 15 GB; c3d has the mode (SEV) and 16 GB.
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

/** Default regions and zones. Those of AWS by id, which accounts have in common: a zone that EKS refuses may have any name. */
export const placements = {
    gcp: { region: "us-central1", zones: ["us-central1-a", "us-central1-b", "us-central1-c"] },
    aws: { region: "us-east-1", zones: ["use1-az1", "use1-az2", "use1-az4"] },
} as const;

/** Default regions of replicas and of the copies of a primary's backups (CL-18). */
export const drPlacements = {
    // On the same continent: a dual-region bucket needs two regions of one continent.
    gcp: { region: "us-east1", zones: ["us-east1-b", "us-east1-c", "us-east1-d"] },
    aws: { region: "us-west-2", zones: ["usw2-az1", "usw2-az2", "usw2-az3"] },
} as const;

/** Continents with dual-region buckets on GCP, by the prefix of their regions. */
export const continents: Readonly<Record<string, string>> = { us: "US", europe: "EU", asia: "ASIA" };
