import type { GoodExample, Mistake } from "../../config/stack-file";

/** Drivers, volumes and replication of backups. */
export const storageMistakes: readonly Mistake[] = [
    {
        what: "storage provisioner with a blank",
        base: "dev/existing",
        set: { "existing.storageProvisioner": "local path" },
        line: 'ecommerce-platform:existing.storageProvisioner: "local path" is not valid; give a provisioner such as rancher.io/local-path or k8s.io/minikube-hostpath',
    },
    {
        what: "a word in place of a flag for usage logs",
        base: "prod/gcp",
        set: { "gcp.usageLogs": "no" },
        line: 'ecommerce-platform:gcp.usageLogs: "no" is not valid; give true or false',
    },
    {
        what: "app machines that cannot attach the databases' volumes",
        base: "prod/gcp",
        set: { "nodePools.app.machineType": "n4-standard-4" },
        line: 'ecommerce-platform:nodePools.app.machineType: "n4-standard-4" cannot attach pd-ssd, the type of the volumes that nodePools.database (c2-standard-8) asks for; give machines of one generation, as nodePools.generation does',
    },
    {
        what: "cache machines of an older generation than the databases'",
        base: "prod/gcp",
        set: { "nodePools.generation": "latest", "nodePools.cache.machineType": "n2-highmem-2" },
        line: 'ecommerce-platform:nodePools.cache.machineType: "n2-highmem-2" cannot attach hyperdisk-balanced, the type of the volumes that nodePools.database (n4-standard-8) asks for; give machines of one generation, as nodePools.generation does',
    },
    {
        what: "copies on another continent",
        base: "prod/gcp",
        set: { "gcp.drRegion": "europe-west1" },
        line: 'ecommerce-platform:gcp.drRegion: "europe-west1" cannot share a bucket with gcp.region (us-central1); give a region that begins with us-',
    },
    {
        what: "copies left behind on another continent",
        base: "staging/gcp",
        set: {
            "gcp.region": "europe-west1",
            "gcp.zones": ["europe-west1-b", "europe-west1-c", "europe-west1-d"],
        },
        line: 'ecommerce-platform:gcp.drRegion: "us-east1" cannot share a bucket with gcp.region (europe-west1); give a region that begins with europe-',
    },
    {
        what: "continent without buckets in two regions",
        base: "prod/gcp",
        set: {
            "gcp.region": "australia-southeast1",
            "gcp.zones": ["australia-southeast1-a", "australia-southeast1-b", "australia-southeast1-c"],
        },
        line: 'ecommerce-platform:gcp.region: "australia-southeast1" is on a continent without dual-region buckets; give a region that begins with one of us, europe, asia',
    },
    {
        what: "snapshots by a driver with a path",
        base: "dev/existing",
        set: { "existing.snapshotDriver": "rancher.io/local-path" },
        line: 'ecommerce-platform:existing.snapshotDriver: "rancher.io/local-path" is not valid; give the name of a CSI driver such as rook-ceph.rbd.csi.ceph.com',
    },
];

/** Valid boundary values of each rule; the next invalid ones are among the mistakes. */
export const storageGood: readonly GoodExample[] = [
    { what: "the newest machines in all pools", base: "prod/gcp", set: { "nodePools.generation": "latest" } },
    { what: "the newest machines in all pools (aws)", base: "prod/aws", set: { "nodePools.generation": "latest" } },
    {
        what: "a third-generation app pool under newest databases",
        base: "prod/gcp",
        set: { "nodePools.generation": "latest", "nodePools.app.machineType": "c3-standard-4" },
    },
    { what: "no usage logs", base: "prod/gcp", set: { "gcp.usageLogs": false } },
    { what: "another second region", base: "prod/gcp", set: { "gcp.drRegion": "us-west1" } },
    { what: "copies overseas on aws", base: "prod/aws", set: { "aws.drRegion": "eu-central-1" } },
    {
        what: "a continent of its own without copies",
        base: "dev/gcp",
        set: {
            "gcp.region": "australia-southeast1",
            "gcp.zones": ["australia-southeast1-a", "australia-southeast1-b", "australia-southeast1-c"],
        },
    },
    {
        what: "snapshots on an existing cluster",
        base: "dev/existing",
        set: { "existing.snapshotDriver": "rbd.csi.ceph.com" },
    },
    {
        what: "machines of two generations that were not created here",
        base: "dev/existing",
        set: { "nodePools.database.machineType": "n4-standard-8", "nodePools.app.machineType": "e2-standard-4" },
    },
];
