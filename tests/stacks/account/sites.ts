import type { StackName } from "./updated";

/** Where a stack is on AWS. */
export interface AwsSite {
    readonly account: string;
    readonly region: string;
    /** Region of the copy of its backups. @default none */
    readonly drRegion?: string;
    /** Whether keys and buckets are protected from deletion. */
    readonly locked: boolean;
    /** Whether the stack has its own buckets and trail. */
    readonly primary: boolean;
}

/** The shipped stacks on AWS, repeated here: no test reads them from the configuration. */
export const awsSites: Readonly<Record<StackName, AwsSite>> = {
    dev: { account: "111111111111", region: "us-east-1", locked: false, primary: true },
    staging: {
        account: "222222222222",
        region: "us-east-1",
        drRegion: "us-west-2",
        locked: false,
        primary: true,
    },
    prod: { account: "333333333333", region: "us-east-1", drRegion: "us-west-2", locked: true, primary: true },
    "prod-dr": { account: "333333333333", region: "us-west-2", locked: true, primary: false },
};

/** Where a stack is on Google Cloud. */
export interface GcpSite {
    readonly project: string;
    readonly region: string;
    /** Whether buckets are in two regions. */
    readonly twoRegions: boolean;
    readonly locked: boolean;
    readonly primary: boolean;
}

/** The shipped stacks on Google Cloud. */
export const gcpSites: Readonly<Record<StackName, GcpSite>> = {
    dev: {
        project: "ecommerce-platform-dev",
        region: "us-central1",
        twoRegions: false,
        locked: false,
        primary: true,
    },
    staging: {
        project: "ecommerce-platform-staging",
        region: "us-central1",
        twoRegions: true,
        locked: false,
        primary: true,
    },
    prod: {
        project: "ecommerce-platform-prod",
        region: "us-central1",
        twoRegions: true,
        locked: true,
        primary: true,
    },
    "prod-dr": {
        project: "ecommerce-platform-prod",
        region: "us-east1",
        twoRegions: false,
        locked: true,
        primary: false,
    },
};
