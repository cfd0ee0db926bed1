import type { GoodExample, Mistake } from "../stack-file";

/** Node pools and machines. */
export const poolMistakes: readonly Mistake[] = [
    {
        what: "compact where a zone may be lost",
        base: "staging/gcp",
        // The stores' own keys fit the profile, so that the profile alone is refused.
        set: {
            "nodePools.profile": "compact",
            "cache.replicasPerShard": 0,
            "database.instances": 1,
            "database.pgpool.enabled": false,
        },
        line: 'ecommerce-platform:nodePools.profile: "compact" has one node per zone, and staging must survive the loss of a node; give standard or remove the key',
    },
    {
        what: "size of a pool that the compact profile does not have",
        base: "dev/aws",
        set: { "nodePools.profile": "compact", "nodePools.app.max": 9 },
        line: 'ecommerce-platform:nodePools.app: {"max":9} has no effect because nodePools.profile is compact, whose pools are frontend, backend, data; remove it',
    },
    {
        what: "payment pool switched off where there is none",
        base: "dev/gcp",
        set: { "nodePools.profile": "compact", "nodePools.payment.enabled": false },
        line: 'ecommerce-platform:nodePools.payment: {"enabled":false} has no effect because nodePools.profile is compact, whose pools are frontend, backend, data; remove it',
    },
    {
        what: "unknown profile",
        base: "dev/gcp",
        set: { "nodePools.profile": "tiny" },
        line: 'ecommerce-platform:nodePools.profile: "tiny" is not valid; give one of standard, compact',
    },
    {
        what: "fewest nodes over the most",
        base: "dev/gcp",
        set: { "nodePools.app.min": 9 },
        line: "ecommerce-platform:nodePools.app.min: 9 is more than nodePools.app.max (6); give 6 or fewer, or raise max",
    },
    {
        what: "most nodes under the tier's fewest",
        base: "prod/gcp",
        set: { "nodePools.app.max": 5 },
        line: "ecommerce-platform:nodePools.app.min: 6 is more than nodePools.app.max (5); give 5 or fewer, or raise max",
    },
    {
        what: "fewest over the most, payment",
        base: "dev/aws",
        set: { "nodePools.payment.min": 4 },
        line: "ecommerce-platform:nodePools.payment.min: 4 is more than nodePools.payment.max (3); give 3 or fewer, or raise max",
    },
    {
        what: "pool that leaves a zone empty",
        base: "dev/gcp",
        set: { "nodePools.app.min": 2 },
        line: "ecommerce-platform:nodePools.app.min: 2 leaves a zone without a node; give 3 or more",
    },
    {
        what: "pool that leaves every zone empty",
        base: "prod/aws",
        set: { "nodePools.cache.min": 0 },
        line: "ecommerce-platform:nodePools.cache.min: 0 leaves a zone without a node; give 3 or more",
    },
    {
        what: "payment without its pool",
        base: "dev/gcp",
        set: { "nodePools.payment.enabled": false },
        line: "ecommerce-platform:nodePools.payment.enabled: false leaves payment without the nodes that it may run on; give true or remove the key",
    },
    {
        what: "payment without its pool, prod",
        base: "prod/aws",
        set: { "nodePools.payment.enabled": false },
        line: "ecommerce-platform:nodePools.payment.enabled: false leaves payment without the nodes that it may run on; give true or remove the key",
    },
    {
        what: "machine of the other cloud",
        base: "dev/gcp",
        set: { "nodePools.app.machineType": "m7i.xlarge" },
        line: 'ecommerce-platform:nodePools.app.machineType: "m7i.xlarge" is not a machine type known on gcp; give one of e2-standard-2, e2-standard-4, e2-standard-8, c2-standard-4, c2-standard-8, c2-standard-16, n2-highmem-2, n2-highmem-4, n2-standard-4, n2d-standard-2, n2d-standard-4, n2d-standard-8, c2d-standard-4, c3-standard-4, c3-standard-8, c3d-standard-4, c4-standard-4, c4-standard-8, n4-standard-2, n4-standard-4, n4-standard-8, n4-highmem-2, n4-highmem-4',
    },
    {
        what: "machine of the other cloud (aws)",
        base: "dev/aws",
        set: { "nodePools.app.machineType": "e2-standard-4" },
        line: 'ecommerce-platform:nodePools.app.machineType: "e2-standard-4" is not a machine type known on aws; give one of m7i.large, m7i.xlarge, m7i.2xlarge, m8i.large, m8i.xlarge, m8i.2xlarge, m7a.xlarge, m6a.xlarge, m6i.xlarge, m5.xlarge, m5.2xlarge, r7i.large, r7i.xlarge, r8i.large, r8i.xlarge, r5.large, t3.large, t3.xlarge',
    },
    {
        what: "unknown machine",
        base: "dev/gcp",
        set: { "nodePools.database.machineType": "c2-standard-6" },
        line: 'ecommerce-platform:nodePools.database.machineType: "c2-standard-6" is not a machine type known on gcp; give one of e2-standard-2, e2-standard-4, e2-standard-8, c2-standard-4, c2-standard-8, c2-standard-16, n2-highmem-2, n2-highmem-4, n2-standard-4, n2d-standard-2, n2d-standard-4, n2d-standard-8, c2d-standard-4, c3-standard-4, c3-standard-8, c3d-standard-4, c4-standard-4, c4-standard-8, n4-standard-2, n4-standard-4, n4-standard-8, n4-highmem-2, n4-highmem-4',
    },
    {
        what: "no machine at all",
        base: "dev/gcp",
        set: { "nodePools.cache.machineType": "large" },
        line: 'ecommerce-platform:nodePools.cache.machineType: "large" is not valid; give a machine type such as e2-standard-4 or m7i.xlarge',
    },
    {
        what: "confidential payment on a series that cannot",
        base: "prod/gcp",
        set: { "nodePools.payment.machineType": "e2-standard-4" },
        line: 'ecommerce-platform:nodePools.payment.machineType: "e2-standard-4" cannot encrypt memory, which nodePools.payment.confidential asks for; give one of n2d-standard-2, n2d-standard-4, n2d-standard-8, c2d-standard-4, c3-standard-4, c3-standard-8, c3d-standard-4',
    },
    {
        what: "confidential payment asked for in dev",
        base: "dev/gcp",
        set: { "nodePools.payment.confidential": true, "nodePools.payment.machineType": "c2-standard-8" },
        line: 'ecommerce-platform:nodePools.payment.machineType: "c2-standard-8" cannot encrypt memory, which nodePools.payment.confidential asks for; give one of n2d-standard-2, n2d-standard-4, n2d-standard-8, c2d-standard-4, c3-standard-4, c3-standard-8, c3d-standard-4',
    },
    {
        what: "confidential payment on a family that cannot (aws)",
        base: "staging/aws",
        set: { "nodePools.payment.machineType": "t3.xlarge" },
        line: 'ecommerce-platform:nodePools.payment.machineType: "t3.xlarge" cannot encrypt memory, which nodePools.payment.confidential asks for; give one of m7i.large, m7i.xlarge, m7i.2xlarge, m8i.large, m8i.xlarge, m8i.2xlarge, m7a.xlarge, m6a.xlarge, m6i.xlarge, r7i.large, r7i.xlarge, r8i.large, r8i.xlarge',
    },
    {
        what: "unknown generation",
        base: "dev/aws",
        set: { "nodePools.generation": "newest" },
        line: 'ecommerce-platform:nodePools.generation: "newest" is not valid; give one of seed, latest',
    },
    {
        what: "more spot nodes than there may be",
        base: "prod/gcp",
        set: { "nodePools.spot.min": 7 },
        line: "ecommerce-platform:nodePools.spot.min: 7 is more than nodePools.spot.max (6); give 6 or fewer, or raise max",
    },
    {
        what: "two mistakes in one key, of which the first is reported",
        base: "prod/aws",
        set: { "nodePools.spot.min": 7 },
        line: "ecommerce-platform:nodePools.spot.min: 7 is more than nodePools.spot.max (6); give 6 or fewer, or raise max",
    },
    {
        what: "floor of spot nodes (aws)",
        base: "prod/aws",
        set: { "nodePools.spot.min": 1 },
        line: "ecommerce-platform:nodePools.spot.min: 1 is a minimum that Karpenter does not enforce; give 0 or remove the key on aws",
    },
    {
        what: "prod with payments readable in memory",
        base: "prod/aws",
        set: { "nodePools.payment.confidential": false },
        line: "ecommerce-platform:nodePools.payment.confidential: false leaves payment data readable in memory; give true or remove the key in prod",
    },
    {
        what: "prod on an existing cluster without pools",
        base: "prod/existing",
        set: { "existing.dedicatedPools": false },
        line: "ecommerce-platform:existing.dedicatedPools: false lets payments share nodes with everything else; give true in prod",
    },
];

/** Settings at the good edge of each rule: one step further is among the mistakes. */
export const poolGood: readonly GoodExample[] = [
    { what: "spot nodes asked for in dev", base: "dev/gcp", set: { "nodePools.spot.enabled": true } },
    {
        what: "the compact profile, with machines of either generation",
        base: "dev/aws",
        set: { "nodePools.profile": "compact", "nodePools.generation": "latest" },
    },
    { what: "as many nodes at least as at most", base: "prod/gcp", set: { "nodePools.app.min": 20 } },
    { what: "one node a zone", base: "prod/gcp", set: { "nodePools.app.min": 3 } },
    { what: "a pool of nothing on an existing cluster", base: "dev/existing", set: { "nodePools.app.min": 0 } },
    {
        what: "no payment pool where no pool is dedicated",
        base: "dev/existing",
        set: { "nodePools.payment.enabled": false, "existing.dedicatedPools": false },
    },
    { what: "another machine", base: "prod/gcp", set: { "nodePools.database.machineType": "c3-standard-8" } },
    {
        what: "another confidential machine",
        base: "prod/gcp",
        set: { "nodePools.payment.machineType": "c3-standard-4" },
    },
    {
        what: "an ordinary machine for test cards",
        base: "dev/gcp",
        set: { "nodePools.payment.machineType": "e2-standard-4" },
    },
    {
        what: "payments in plain memory before prod",
        base: "staging/gcp",
        set: { "nodePools.payment.confidential": false },
    },
];
