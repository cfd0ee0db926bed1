import assert from "node:assert/strict";

import { gcpSites } from "./sites";
import { ofType, stacks, type StackName, updated } from "./updated";

const labels = (name: string) => ({
    "app.kubernetes.io/name": name,
    "app.kubernetes.io/instance": name,
    "app.kubernetes.io/component": "storage",
    "app.kubernetes.io/part-of": "ecommerce-platform",
    "app.kubernetes.io/managed-by": "pulumi",
});

const tiers: Readonly<Record<StackName, string>> = { dev: "dev", staging: "staging", prod: "prod", "prod-dr": "prod" };

const reclaim = { "fast-ssd": "Retain", "standard-ssd": "Delete", hdd: "Delete", "regional-ssd": "Retain" } as const;

const storageClasses = (provisioner: string, parameters: Readonly<Record<string, object>>) =>
    Object.fromEntries(
        Object.entries(parameters).map(([name, own]) => [
            `storage-${name}`,
            {
                apiVersion: "storage.k8s.io/v1",
                kind: "StorageClass",
                metadata: { name, labels: labels(name) },
                provisioner,
                parameters: own,
                reclaimPolicy: reclaim[name as keyof typeof reclaim],
                allowVolumeExpansion: true,
                volumeBindingMode: "WaitForFirstConsumer",
            },
        ]),
    );

/** Snapshots of schedules are deleted with their object, those made by hand are kept. */
const snapshotClasses = (driver: string, parameters: object) =>
    Object.fromEntries(
        (
            [
                ["daily", "Delete"],
                ["keep", "Retain"],
            ] as const
        ).map(([role, deletionPolicy]) => [
            `storage-snapshots-${role}`,
            {
                apiVersion: "snapshot.storage.k8s.io/v1",
                kind: "VolumeSnapshotClass",
                metadata: { name: `snapshots-${role}`, labels: labels(`snapshots-${role}`) },
                driver,
                deletionPolicy,
                parameters,
            },
        ]),
    );

const storageClass = "kubernetes:storage.k8s.io/v1:StorageClass";
const snapshotClass = "kubernetes:snapshot.storage.k8s.io/v1:VolumeSnapshotClass";

for (const stack of stacks) {
    describe(`the volumes of ${stack}`, () => {
        it("are EBS volumes with the stack's key and tags on AWS (ST-01, ST-02, SC-06)", async () => {
            const tags = {
                tagSpecification_1: "part-of=ecommerce-platform",
                tagSpecification_2: "managed-by=pulumi",
                tagSpecification_3: `stack=${stack}`,
                tagSpecification_4: `tier=${tiers[stack]}`,
            };
            const disk = {
                encrypted: "true",
                kmsKeyId: "key:storage-volumes",
                "csi.storage.k8s.io/fstype": "ext4",
                ...tags,
            };
            const all = await updated(stack, "aws");
            assert.deepEqual(
                ofType(all, storageClass),
                storageClasses("ebs.csi.aws.com", {
                    "fast-ssd": { ...disk, type: "gp3", iops: "3000", throughput: "250" },
                    "standard-ssd": { ...disk, type: "gp3" },
                    hdd: { ...disk, type: "st1" },
                }),
            );
            assert.deepEqual(ofType(all, snapshotClass), snapshotClasses("ebs.csi.aws.com", tags));
        });

        it("are persistent disks with the stack's key and labels on GCP (ST-01 to ST-03, SC-06)", async () => {
            const disk = {
                "disk-encryption-kms-key": "storage-volumes-id",
                "csi.storage.k8s.io/fstype": "ext4",
                labels: `part-of=ecommerce-platform,managed-by=pulumi,stack=${stack},tier=${tiers[stack]}`,
            };
            const all = await updated(stack, "gcp");
            assert.deepEqual(
                ofType(all, storageClass),
                storageClasses("pd.csi.storage.gke.io", {
                    "fast-ssd": { ...disk, type: "pd-ssd" },
                    "standard-ssd": { ...disk, type: "pd-balanced" },
                    hdd: { ...disk, type: "pd-standard" },
                    "regional-ssd": { ...disk, type: "pd-ssd", "replication-type": "regional-pd" },
                }),
            );
            assert.deepEqual(
                ofType(all, snapshotClass),
                snapshotClasses("pd.csi.storage.gke.io", { "storage-locations": gcpSites[stack].region }),
            );
        });
    });
}
