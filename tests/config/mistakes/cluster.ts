import type { Mistake } from "./types";

/** Node pools, machines, maintenance and what prod insists on. */
export const clusterMistakes: readonly Mistake[] = [
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
        line: 'ecommerce-platform:nodePools.app.machineType: "m7i.xlarge" is not a machine type known on gcp; give one of e2-standard-2, e2-standard-4, e2-standard-8, c2-standard-4, c2-standard-8, c2-standard-16, n2-highmem-2, n2-highmem-4, n2-standard-4, n2d-standard-2, n2d-standard-4, n2d-standard-8, c2d-standard-4, c3-standard-4, c3-standard-8, c3d-standard-4, c4-standard-4, c4-standard-8, n4-standard-4, n4-standard-8',
    },
    {
        what: "machine of the other cloud (aws)",
        base: "dev/aws",
        set: { "nodePools.app.machineType": "e2-standard-4" },
        line: 'ecommerce-platform:nodePools.app.machineType: "e2-standard-4" is not a machine type known on aws; give one of m7i.large, m7i.xlarge, m7i.2xlarge, m8i.xlarge, m8i.2xlarge, m7a.xlarge, m6a.xlarge, m6i.xlarge, m5.xlarge, m5.2xlarge, r7i.large, r7i.xlarge, r5.large, t3.large, t3.xlarge',
    },
    {
        what: "unknown machine",
        base: "dev/gcp",
        set: { "nodePools.database.machineType": "c2-standard-6" },
        line: 'ecommerce-platform:nodePools.database.machineType: "c2-standard-6" is not a machine type known on gcp; give one of e2-standard-2, e2-standard-4, e2-standard-8, c2-standard-4, c2-standard-8, c2-standard-16, n2-highmem-2, n2-highmem-4, n2-standard-4, n2d-standard-2, n2d-standard-4, n2d-standard-8, c2d-standard-4, c3-standard-4, c3-standard-8, c3d-standard-4, c4-standard-4, c4-standard-8, n4-standard-4, n4-standard-8',
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
        line: 'ecommerce-platform:nodePools.payment.machineType: "t3.xlarge" cannot encrypt memory, which nodePools.payment.confidential asks for; give one of m7i.large, m7i.xlarge, m7i.2xlarge, m8i.xlarge, m8i.2xlarge, m7a.xlarge, m6a.xlarge, m6i.xlarge, r7i.large, r7i.xlarge',
    },
    {
        what: "hour that no day has",
        base: "dev/gcp",
        set: { "cluster.maintenanceWindow": "0 25 * * 6" },
        line: 'ecommerce-platform:cluster.maintenanceWindow: "0 25 * * 6" is not valid; give five cron fields, such as 0 3 * * 6',
    },
    {
        what: "cron expression with seconds",
        base: "dev/gcp",
        set: { "cluster.maintenanceWindow": "0 0 3 * * 6" },
        line: 'ecommerce-platform:cluster.maintenanceWindow: "0 0 3 * * 6" is not valid; give five cron fields, such as 0 3 * * 6',
    },
    {
        what: "cron expression of four fields",
        base: "dev/gcp",
        set: { "cluster.maintenanceWindow": "0 3 * *" },
        line: 'ecommerce-platform:cluster.maintenanceWindow: "0 3 * *" is not valid; give five cron fields, such as 0 3 * * 6',
    },
    {
        what: "cron expression with 7 for Sunday",
        base: "dev/gcp",
        set: { "cluster.maintenanceWindow": "0 3 * * 7" },
        line: 'ecommerce-platform:cluster.maintenanceWindow: "0 3 * * 7" is not valid; give five cron fields, such as 0 3 * * 6',
    },
    {
        what: "cron expression that Kubernetes does not know",
        base: "dev/gcp",
        set: { "cluster.maintenanceWindow": "H 3 * * 6" },
        line: 'ecommerce-platform:cluster.maintenanceWindow: "H 3 * * 6" is not valid; give five cron fields, such as 0 3 * * 6',
    },
    {
        what: "cron nickname",
        base: "dev/gcp",
        set: { "cluster.maintenanceWindow": "@weekly" },
        line: 'ecommerce-platform:cluster.maintenanceWindow: "@weekly" is not valid; give five cron fields, such as 0 3 * * 6',
    },
    {
        what: "prod that may crowd a zone",
        base: "prod/gcp",
        set: { "scheduling.spread": "preferred" },
        line: 'ecommerce-platform:scheduling.spread: "preferred" lets all replicas share a zone; give required in prod',
    },
    {
        what: "prod with a public control plane",
        base: "prod/gcp",
        set: { "cluster.privateEndpoint": false },
        line: "ecommerce-platform:cluster.privateEndpoint: false shows prod's control plane to the internet; give true or remove the key",
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
