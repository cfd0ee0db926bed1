import type { Tier } from "./schema";

/** Bounds of a node pool over all zones. */
export interface PoolBounds {
    readonly min: number;
    readonly max: number;
}

/** What an environment's size and strictness mean; a stack file holds only what differs from its tier. */
export interface TierDefaults {
    readonly replicas: { readonly autoscale: boolean; readonly floor: number };
    readonly resources: {
        readonly cpuRequest: string;
        readonly cpuLimit: string;
        readonly memoryRequest: string;
        readonly memoryLimit: string;
    };
    readonly nodePools: Readonly<Record<"app" | "database" | "cache" | "payment", PoolBounds>>;
    /** The pool of nodes that the cloud may take back; undefined where there is none. */
    readonly spotPool: PoolBounds | undefined;
    readonly spread: "required" | "preferred";
    readonly monitoring: "basic" | "full" | "full+apm";
    readonly privateEndpoint: boolean;
    /** GCP: the control plane's DNS name is answered from outside the VPC too. */
    readonly dnsEndpoint: boolean;
    readonly confidentialPayment: boolean;
    readonly natPerZone: boolean;
    /** AWS: private ways to the services that a node cannot start without. */
    readonly interfaceEndpoints: boolean;
    readonly deletionProtection: boolean;
    readonly verticalAutoscaler: boolean;
    /** Percent of the app pool's fewest nodes that placeholder pods keep free (CL-10); 0 for none. */
    readonly headroomPercent: number;
    /** Whether backups lie in a second region too (CL-18, BK-04). */
    readonly replicateBackups: boolean;
    /** How long it is kept who did what in the cloud (SC-12). */
    readonly auditRetentionDays: number;
    /** AWS: whether the stack switches threat detection on (E15). */
    readonly guardDuty: boolean;
}

/** The three environments side by side (EN-01 to EN-04). */
export const tiers: Readonly<Record<Tier, TierDefaults>> = {
    dev: {
        // One replica and no autoscaler: a developer's change is looked at, not loaded (EN-01).
        replicas: { autoscale: false, floor: 1 },
        // Limits are the sources' figures; requests are what an idle service takes, so that nine of them fit three nodes.
        resources: { cpuRequest: "100m", cpuLimit: "500m", memoryRequest: "256Mi", memoryLimit: "512Mi" },
        // One node a zone: three zones even here, or zone mistakes show first in prod (CL-01).
        nodePools: {
            app: { min: 3, max: 6 },
            database: { min: 3, max: 3 },
            cache: { min: 3, max: 3 },
            payment: { min: 3, max: 3 },
        },
        // Three nodes hold all that would run there: a pool more saves nothing.
        spotPool: undefined,
        // Strict spread would keep a rolling update waiting on a pool this small.
        spread: "preferred",
        monitoring: "basic",
        // Developers reach the control plane from listed networks without a bastion.
        privateEndpoint: false,
        // IAM decides who gets through, so nobody keeps a list of home addresses.
        dnsEndpoint: true,
        // Test cards only: ordinary memory will do, and saves the dearer machines.
        confidentialPayment: false,
        // One NAT gateway: a lost zone may cost dev its way out.
        natPerZone: false,
        // Seven endpoints in three zones cost more than all that dev sends through its NAT gateway.
        interfaceEndpoints: false,
        // Dev is torn down and made anew; the next stages are not.
        deletionProtection: false,
        verticalAutoscaler: false,
        // Nobody waits for a node that takes two minutes to come.
        headroomPercent: 0,
        // What dev holds can be made again.
        replicateBackups: false,
        // Long enough to see what somebody did in the last weeks.
        auditRetentionDays: 30,
        // Charged by the event: dev has nothing that is worth an intruder's time.
        guardDuty: false,
    },
    staging: {
        // Two replicas and the autoscaler on: staging has to show what scaling does (EN-02).
        replicas: { autoscale: true, floor: 2 },
        resources: { cpuRequest: "250m", cpuLimit: "1", memoryRequest: "512Mi", memoryLimit: "1Gi" },
        nodePools: {
            app: { min: 3, max: 12 },
            database: { min: 3, max: 3 },
            cache: { min: 3, max: 3 },
            payment: { min: 3, max: 3 },
        },
        // One a zone, so that staging meets interrupted nodes before prod does.
        spotPool: { min: 0, max: 3 },
        // As in prod: what prod's scheduler would refuse has to be refused here first.
        spread: "required",
        monitoring: "full",
        privateEndpoint: false,
        dnsEndpoint: true,
        confidentialPayment: true,
        natPerZone: false,
        // As in prod: a service that an endpoint's policy or name breaks has to break here first.
        interfaceEndpoints: true,
        deletionProtection: false,
        verticalAutoscaler: false,
        headroomPercent: 20,
        // A copy that was never made and never restored before prod needs it is no copy.
        replicateBackups: true,
        auditRetentionDays: 90,
        // As in prod: its findings about how we work ourselves have to be known before prod has them.
        guardDuty: true,
    },
    prod: {
        // The catalogue's own floors, three and up but for the four that the sources give two (EN-03).
        replicas: { autoscale: true, floor: 0 },
        // 2 CPU as a request would take 26 nodes at baseline against a maximum of 20: it is the limit.
        resources: { cpuRequest: "500m", cpuLimit: "2", memoryRequest: "1Gi", memoryLimit: "2Gi" },
        nodePools: {
            // Two nodes a zone at least, twenty at most (CL-03).
            app: { min: 6, max: 20 },
            // A node for the primary and one for each of three replicas (DB-01).
            database: { min: 4, max: 4 },
            cache: { min: 3, max: 3 },
            payment: { min: 3, max: 3 },
        },
        // Nothing where nobody needs it, two a zone at most: who prefers it also runs on the app pool (CL-12).
        spotPool: { min: 0, max: 6 },
        spread: "required",
        monitoring: "full+apm",
        // Nobody outside the network has business with the control plane.
        privateEndpoint: true,
        dnsEndpoint: false,
        confidentialPayment: true,
        // A zone's way out must not hang on another zone.
        natPerZone: true,
        // New nodes start and pull images while the internet side is down.
        interfaceEndpoints: true,
        deletionProtection: true,
        verticalAutoscaler: true,
        // The sources scale up at 80 % use: what is left has to be there while the next node starts (CL-10).
        headroomPercent: 20,
        replicateBackups: true,
        // A year, as card payments ask of audit trails, and a month in which somebody notices that the year is over.
        auditRetentionDays: 400,
        guardDuty: true,
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

/** Address ranges where a stack file names none; disjoint, and clear of what home and office networks use most. */
export const networkDefaults = {
    gcp: {
        nodes: "10.40.0.0/20",
        pods: "10.44.0.0/14",
        services: "10.48.0.0/20",
        controlPlane: "172.31.240.0/28",
        managed: "10.49.0.0/20",
    },
    aws: {
        nodes: "10.40.0.0/16",
        pods: "10.40.0.0/16",
        services: "172.20.0.0/16",
        controlPlane: "10.40.0.0/16",
        managed: "10.40.0.0/16",
    },
    existing: {
        nodes: "10.0.0.0/8",
        pods: "10.0.0.0/8",
        services: "10.0.0.0/8",
        controlPlane: "10.0.0.0/8",
        managed: "10.0.0.0/8",
    },
} as const;
