import assert from "node:assert/strict";

import { storageConfig } from "../../../components/storage/config";
import { cloudNames, tierNames } from "../../../config/schema";
import { describePart } from "../../config/describe-part";
import { resolvedSettings as resolved } from "../../config/stack-file";
import { storageGood, storageMistakes } from "./mistakes";

describePart(storageConfig, storageMistakes, storageGood);

describe("the storage's defaults", () => {
    it("replicate backups to the second region from staging on (CL-18, BK-04)", () => {
        for (const cloud of cloudNames) {
            const copied = tierNames.map((tier) => resolved(tier, cloud).replicateBackups);
            assert.deepEqual(copied, [false, true, true], cloud);
        }
    });

    it("replicate nothing from a replica until it is promoted (CL-18)", () => {
        const replica = { "recovery.role": "replica", "recovery.replicaOf": "prod", "gcp.region": "us-east1" };
        assert.equal(resolved("prod", "gcp", replica).replicateBackups, false);
    });

    it("include usage logs, unless the organisation's policy rejects them (D1)", () => {
        assert.equal(resolved("prod", "gcp").usageLogs, true);
        assert.equal(resolved("prod", "gcp", { "gcp.usageLogs": false }).usageLogs, false);
    });

    it("are kind's driver without snapshots on an existing cluster", () => {
        const { storageProvisioner, snapshotDriver } = resolved("dev", "existing").existing;
        assert.deepEqual([storageProvisioner, snapshotDriver], ["rancher.io/local-path", undefined]);
        const { existing } = resolved("dev", "existing", {
            "existing.storageProvisioner": "k8s.io/minikube-hostpath",
            "existing.snapshotDriver": "rbd.csi.ceph.com",
        });
        assert.deepEqual(
            [existing.storageProvisioner, existing.snapshotDriver],
            ["k8s.io/minikube-hostpath", "rbd.csi.ceph.com"],
        );
    });
});
