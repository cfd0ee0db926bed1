import assert from "node:assert/strict";

import { gcpDisks } from "../../../config/gcp-disks";
import { createStorage } from "../../../components/storage";
import type { Storage } from "../../../components/storage/types";
import { machines } from "../../../config/machines";
import type { PlatformConfig } from "../../../components/platform";
import type { PlannedResource } from "../../../tools/plan";
import { configOf, inputs, created, planned } from "../layers";

const storageClass = "kubernetes:storage.k8s.io/v1:StorageClass";
const snapshotClass = "kubernetes:snapshot.storage.k8s.io/v1:VolumeSnapshotClass";
const classNames = ["fast-ssd", "standard-ssd", "hdd"] as const;

function inPlan(resources: readonly PlannedResource[], type: string): string[] {
    return resources
        .filter((resource) => resource.type === type)
        .map(({ inputs: own }) => (own["metadata"] as { name: string }).name)
        .sort();
}

async function classesOf(config: PlatformConfig): Promise<Record<string, Record<string, unknown>>> {
    const resources = await planned(() => createStorage("storage", { config }));
    return Object.fromEntries(classNames.map((name) => [name, inputs(resources, storageClass, `storage-${name}`)]));
}

describe("the storage classes", () => {
    for (const cloud of ["gcp", "aws", "existing"] as const) {
        it(`have fixed names, late binding, expansion and retention on ${cloud} (ST-01, ST-02)`, async () => {
            const classes = await classesOf(configOf(cloud, "dev"));
            for (const name of classNames) {
                const own = classes[name] ?? {};
                assert.equal((own["metadata"] as { name: string }).name, name);
                assert.equal(own["volumeBindingMode"], "WaitForFirstConsumer");
                assert.equal(own["allowVolumeExpansion"], cloud !== "existing");
                assert.equal(own["reclaimPolicy"], name === "fast-ssd" ? "Retain" : "Delete");
            }
        });
    }

    const view = (classes: Record<string, Record<string, unknown>>, ...keys: string[]) =>
        classNames.map((name) => {
            const parameters = classes[name]?.["parameters"] as Record<string, string>;
            return [classes[name]?.["provisioner"], ...keys.map((key) => parameters[key])].join(" ");
        });

    it("are persistent disks on GCP (ST-01, ST-02)", async () => {
        assert.deepEqual(view(await classesOf(configOf("gcp", "prod")), "type"), [
            "pd.csi.storage.gke.io pd-ssd",
            "pd.csi.storage.gke.io pd-balanced",
            "pd.csi.storage.gke.io pd-standard",
        ]);
    });

    it("follow the pools' machines on GCP: the newest series support no pd-* types (ST-01)", async () => {
        const nodePools = { database: { machineType: "c4-standard-8" }, app: { machineType: "n4-standard-4" } };
        assert.deepEqual(view(await classesOf(configOf("gcp", "prod", { nodePools })), "type"), [
            "pd.csi.storage.gke.io hyperdisk-balanced",
            "pd.csi.storage.gke.io hyperdisk-balanced",
            "pd.csi.storage.gke.io hyperdisk-balanced",
        ]);
    });

    it("are encrypted EBS volumes on AWS (ST-01, ST-02, E8)", async () => {
        assert.deepEqual(view(await classesOf(configOf("aws", "prod")), "type", "encrypted", "iops", "throughput"), [
            "ebs.csi.aws.com gp3 true 3000 250",
            "ebs.csi.aws.com gp3 true  ",
            "ebs.csi.aws.com st1 true  ",
        ]);
    });

    it("have a customer-managed key for every volume (SC-06, E8)", async () => {
        for (const [cloud, parameter, key] of [
            ["gcp", "disk-encryption-kms-key", "storage-volumes-id"],
            ["aws", "kmsKeyId", "arn:key"],
        ] as const) {
            const all = await created(() => createStorage("storage", { config: configOf(cloud, "prod") }), {
                "gcp:projects/serviceIdentity:ServiceIdentity": { email: "service-1@container.example.com" },
                "aws:kms/key:Key": { arn: "arn:key" },
            });
            const classes = all.filter(({ type }) => type === storageClass);
            assert.equal(classes.length, cloud === "gcp" ? 4 : 3);
            for (const { inputs: own } of classes) {
                assert.equal((own["parameters"] as Record<string, string>)[parameter], key);
            }
        }
    });

    it("use the configured driver on an existing cluster", async () => {
        const defaults = await classesOf(configOf("existing", "dev"));
        const own = { existing: { storageProvisioner: "ceph.example.com" } };
        const ceph = await classesOf(configOf("existing", "dev", own));
        for (const name of classNames) {
            const [laptop, configured] = [defaults[name] ?? {}, ceph[name] ?? {}];
            assert.equal(laptop["provisioner"], "rancher.io/local-path");
            // An empty object would show as a difference.
            assert.ok(!("parameters" in laptop));
            assert.equal(configured["provisioner"], "ceph.example.com");
            assert.equal(configured["allowVolumeExpansion"], true);
        }
    });
});

describe("the class over two zones (ST-03)", () => {
    async function storageOf(config: PlatformConfig) {
        let storage: Storage | undefined;
        const resources = await planned(() => {
            storage = createStorage("storage", { config });
        });
        return { regional: storage?.regionalSsd, names: inPlan(resources, storageClass), resources };
    }

    it("is a regional disk on GCP", async () => {
        const { regional, names, resources } = await storageOf(configOf("gcp", "prod"));
        assert.equal(regional, "regional-ssd");
        assert.deepEqual(names, ["fast-ssd", "hdd", "regional-ssd", "standard-ssd"]);
        const own = inputs(resources, storageClass, "storage-regional-ssd");
        assert.equal(own["reclaimPolicy"], "Retain");
        assert.equal(own["volumeBindingMode"], "WaitForFirstConsumer");
        const { type, "replication-type": replication } = own["parameters"] as Record<string, string>;
        assert.deepEqual([type, replication], ["pd-ssd", "regional-pd"]);
    });

    it("has another disk type where the app pool supports no pd-*", async () => {
        const nodePools = { app: { machineType: "n4-standard-4" } };
        const { resources } = await storageOf(configOf("gcp", "prod", { nodePools }));
        const parameters = inputs(resources, storageClass, "storage-regional-ssd")["parameters"] as object;
        assert.equal(Reflect.get(parameters, "type"), "hyperdisk-balanced-high-availability");
        assert.ok(!("replication-type" in parameters));
    });

    it("is undefined where it does not exist", async () => {
        const nodePools = { app: { machineType: "c2-standard-8" } };
        for (const config of [
            configOf("aws", "prod"),
            configOf("existing", "dev"),
            configOf("gcp", "prod", { nodePools }),
        ]) {
            const { regional, names } = await storageOf(config);
            assert.equal(regional, undefined);
            assert.deepEqual(names, ["fast-ssd", "hdd", "standard-ssd"]);
        }
    });
});

describe("the snapshot classes (ST-04)", () => {
    const view = (resources: readonly PlannedResource[]) =>
        ["daily", "keep"].map((role) => {
            const { metadata, driver, deletionPolicy } = inputs(resources, snapshotClass, `storage-snapshots-${role}`);
            return `${(metadata as { name: string }).name} ${driver as string} ${deletionPolicy as string}`;
        });

    it("use the volumes' driver, one with Delete and one with Retain", async () => {
        const gcp = await planned(() => createStorage("storage", { config: configOf("gcp", "dev") }));
        assert.deepEqual(view(gcp), [
            "snapshots-daily pd.csi.storage.gke.io Delete",
            "snapshots-keep pd.csi.storage.gke.io Retain",
        ]);
        const { parameters } = inputs(gcp, snapshotClass, "storage-snapshots-daily");
        assert.deepEqual(parameters, { "storage-locations": "us-central1" });
        const aws = await planned(() => createStorage("storage", { config: configOf("aws", "dev") }));
        assert.deepEqual(view(aws), [
            "snapshots-daily ebs.csi.aws.com Delete",
            "snapshots-keep ebs.csi.aws.com Retain",
        ]);
    });

    it("exist on an existing cluster only where its driver is configured", async () => {
        const bare = await planned(() => createStorage("storage", { config: configOf("existing", "dev") }));
        assert.deepEqual(inPlan(bare, snapshotClass), []);
        const existing = { snapshotDriver: "rbd.csi.ceph.com" };
        const config = configOf("existing", "dev", { existing });
        assert.deepEqual(view(await planned(() => createStorage("storage", { config }))), [
            "snapshots-daily rbd.csi.ceph.com Delete",
            "snapshots-keep rbd.csi.ceph.com Retain",
        ]);
    });
});

describe("the disks of GCP machines", () => {
    it("are supported by every machine type that a stack may use (ST-01)", () => {
        for (const machineType of Object.keys(machines.gcp)) {
            const { boot, fast, standard, cold, regional } = gcpDisks(machineType);
            const types = [boot, fast, standard, cold, regional?.type ?? boot];
            const newest = /^[cn]4-/.test(machineType);
            const wrong = types.filter((type) => newest === type.startsWith("pd-"));
            // c3 supports both kinds.
            assert.ok(wrong.length === 0 || /^c3d?-/.test(machineType), `${machineType}: ${types.join(", ")}`);
        }
    });
});
