import type { GoodExample, Mistake } from "../stack-file";

/** The second region and what a stack is there. */
export const recoveryMistakes: readonly Mistake[] = [
    {
        what: "copies in the region itself",
        base: "prod/gcp",
        set: { "gcp.drRegion": "us-central1" },
        line: 'ecommerce-platform:gcp.drRegion: "us-central1" is gcp.region too, and would be lost with it; give another region',
    },
    {
        what: "copies in the region itself (aws)",
        base: "dev/aws",
        set: { "aws.drRegion": "us-east-1" },
        line: 'ecommerce-platform:aws.drRegion: "us-east-1" is aws.region too, and would be lost with it; give another region',
    },
    {
        what: "second region that is a zone",
        base: "dev/gcp",
        set: { "gcp.drRegion": "us-east1-b" },
        line: 'ecommerce-platform:gcp.drRegion: "us-east1-b" is not valid; give a region such as us-east1',
    },
    {
        what: "second region that is a zone (aws)",
        base: "dev/aws",
        set: { "aws.drRegion": "us-west-2a" },
        line: 'ecommerce-platform:aws.drRegion: "us-west-2a" is not valid; give a region such as us-west-2',
    },
    {
        what: "unknown role",
        base: "prod/gcp",
        set: { "recovery.role": "standby" },
        line: 'ecommerce-platform:recovery.role: "standby" is not valid; give one of primary, replica',
    },
    {
        what: "replica that would move when it is promoted",
        base: "prod/gcp",
        set: { "recovery.role": "replica", "recovery.replicaOf": "prod" },
        line: "ecommerce-platform:gcp.region: (missing) give the replica's region, such as us-east1; the default changes when the replica is promoted",
    },
    {
        what: "replica that would move when it is promoted (aws)",
        base: "prod/aws",
        set: { "recovery.role": "replica", "recovery.replicaOf": "prod" },
        line: "ecommerce-platform:aws.region: (missing) give the replica's region, such as us-west-2; the default changes when the replica is promoted",
    },
    {
        what: "replica without a primary",
        base: "prod/gcp",
        set: { "recovery.role": "replica", "gcp.region": "us-east1" },
        line: "ecommerce-platform:recovery.replicaOf: (missing) give the name of the primary's stack",
    },
    {
        what: "replica of itself",
        base: "prod/aws",
        set: { "recovery.role": "replica", "recovery.replicaOf": "test", "aws.region": "us-west-2" },
        line: 'ecommerce-platform:recovery.replicaOf: "test" is this stack itself; give the name of the primary\'s stack',
    },
    {
        what: "primary of another stack",
        base: "prod/gcp",
        set: { "recovery.replicaOf": "prod" },
        line: 'ecommerce-platform:recovery.replicaOf: "prod" has no effect because recovery.role is primary; remove it, or give role replica',
    },
    {
        what: "replica that is no stack",
        base: "prod/gcp",
        set: { "recovery.role": "replica", "recovery.replicaOf": "Prod", "gcp.region": "us-east1" },
        line: 'ecommerce-platform:recovery.replicaOf: "Prod" is not valid; give the name of a stack such as prod',
    },
    {
        what: "replica without regions",
        base: "prod/existing",
        set: { "recovery.role": "replica", "recovery.replicaOf": "prod" },
        line: 'ecommerce-platform:recovery.role: "replica" needs a second region, and cloud existing has none; give primary, or cloud gcp or aws',
    },
];

/** Settings at the good edge of each rule: one step further is among the mistakes. */
export const recoveryGood: readonly GoodExample[] = [
    {
        what: "a replica",
        base: "prod/gcp",
        set: { "recovery.role": "replica", "recovery.replicaOf": "prod", "gcp.region": "us-east1" },
    },
    {
        what: "a promoted replica, its copies in a third region",
        base: "prod/gcp",
        set: { "recovery.role": "primary", "gcp.region": "us-east1", "gcp.drRegion": "us-west1" },
    },
    { what: "a primary that says so", base: "dev/existing", set: { "recovery.role": "primary" } },
];
