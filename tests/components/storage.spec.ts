import assert from "node:assert/strict";

import { gcpDisks } from "../../components/common/gcp-disks";
import { createStorage } from "../../components/storage";
import { machines } from "../../config/machines";
import type { PlatformConfig } from "../../config/resolve";
import { configOf, inputs, planned, tally } from "./layers";

const storageClass = "kubernetes:storage.k8s.io/v1:StorageClass";
const classNames = ["fast-ssd", "standard-ssd", "hdd"] as const;

async function classesOf(config: PlatformConfig): Promise<Record<string, Record<string, unknown>>> {
    const made = await planned(() => createStorage("storage", { config }));
    assert.deepEqual(tally(made), { [storageClass]: 3, "shop:storage:StorageClasses": 1 });
    return Object.fromEntries(classNames.map((name) => [name, inputs(made, storageClass, `storage-${name}`)]));
}

describe("the storage classes", () => {
    for (const cloud of ["gcp", "aws", "existing"] as const) {
        it(`keep their names, bind late and retain data on ${cloud} (ST-01, ST-02)`, async () => {
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

    it("follow the pools' machines on GCP: the newest series refuse pd-* (ST-01)", async () => {
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

    it("come from the driver that the configuration names on an existing cluster", async () => {
        const kind = await classesOf(configOf("existing", "dev"));
        const own = { existing: { storageProvisioner: "ceph.example.com" } };
        const ceph = await classesOf(configOf("existing", "dev", own));
        for (const name of classNames) {
            const [laptop, theirs] = [kind[name] ?? {}, ceph[name] ?? {}];
            assert.equal(laptop["provisioner"], "rancher.io/local-path");
            // An empty object would show as a change of nothing.
            assert.ok(!("parameters" in laptop));
            assert.equal(theirs["provisioner"], "ceph.example.com");
            assert.equal(theirs["allowVolumeExpansion"], true);
        }
    });
});

describe("the disks of GCP machines", () => {
    it("are never pd-* on a series that refuses it, for every machine that a stack may use (ST-01)", () => {
        for (const machineType of Object.keys(machines.gcp)) {
            const { boot, fast, standard, cold } = gcpDisks(machineType);
            const types = [boot, fast, standard, cold];
            const newest = /^[cn]4-/.test(machineType);
            const wrong = types.filter((type) => newest === type.startsWith("pd-"));
            // c3 takes both kinds.
            assert.ok(wrong.length === 0 || /^c3d?-/.test(machineType), `${machineType}: ${types.join(", ")}`);
        }
    });
});
