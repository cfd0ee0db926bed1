import type { Account, StackName } from "./updated";

/** A key on Google Cloud with what makes it usable. */
const gcpKey = (name: string) => [`KeyRing ${name}`, `CryptoKey ${name}`, `CryptoKeyIAMMember ${name}`];

/** A bucket on AWS with its settings. */
const awsBucket = (name: string, ...more: readonly string[]) => [
    `Bucket ${name}`,
    `BucketLifecycleConfiguration ${name}-lifecycle`,
    `BucketOwnershipControls ${name}-ownership`,
    `BucketPolicy ${name}-policy`,
    `BucketPublicAccessBlock ${name}-private`,
    `BucketServerSideEncryptionConfiguration ${name}-encryption`,
    `BucketVersioning ${name}-versioning`,
    ...more.map((type) => `${type} ${name}-${type === "BucketLogging" ? "logging" : "lock"}`),
];

const flowLogs = ["Key network-flow-logs-key", "LogGroup network-flow-logs"];

/** What outlives prod besides the key of its volumes. */
const inProd: Readonly<Record<Account, readonly string[]>> = {
    gcp: [
        ...["audit", "storage-buckets-backup", "storage-buckets-logs"].flatMap((name) => [
            `Bucket ${name}`,
            ...gcpKey(name),
        ]),
        "BucketIAMMember storage-buckets-recorder",
    ],
    aws: [
        ...flowLogs,
        "Key audit-key",
        ...awsBucket("audit-records", "BucketLogging", "BucketObjectLockConfiguration"),
        ...["copy", "vault"].flatMap((vault) => [
            `Key storage-buckets-${vault}-key`,
            ...awsBucket(`storage-buckets-${vault}-access`),
            ...awsBucket(`storage-buckets-${vault}-backup`, "BucketLogging", "BucketObjectLockConfiguration"),
        ]),
        "Key storage-buckets-logs-key",
        ...awsBucket("storage-buckets-logs", "BucketLogging"),
        "BucketReplicationConfig storage-buckets-replication",
        "Role storage-buckets-replication",
        "RolePolicy storage-buckets-replication",
    ],
};

/** What outlives a stack: `<Type> <name>`, sorted. Repeated here: no test reads it from the components. */
export function keptOf(stack: StackName, cloud: Account): string[] {
    return [
        // Disks of retained volumes are not in the state.
        ...(cloud === "gcp" ? gcpKey("storage-volumes") : ["Key storage-volumes"]),
        ...(stack === "prod" ? inProd[cloud] : []),
        ...(stack === "prod-dr" && cloud === "aws" ? flowLogs : []),
    ].sort();
}
