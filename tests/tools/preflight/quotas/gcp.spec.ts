import assert from "node:assert/strict";

import { gcpQuotas } from "../../../../tools/preflight/quotas/gcp";
import type { JsonObject } from "../../../../tools/plan";
import { plannedResource } from "./resource";

const pool = (machineType: string, diskType: string, more: JsonObject = {}) =>
    plannedResource("gcp:container/nodePool:NodePool", machineType, {
        autoscaling: { totalMaxNodeCount: 3 },
        upgradeSettings: { maxSurge: 2 },
        nodeConfig: { machineType, diskType, diskSizeGb: 50, spot: false },
        ...more,
    });

const view = (...resources: ReturnType<typeof pool>[]) =>
    gcpQuotas(resources).map(({ quota, unit, running, updating }) => `${quota} ${running}-${updating} ${unit}`);

describe("the quotas of Compute Engine", () => {
    it("count vCPU by family, and series without a quota of their own in one with the family as its dimension", () => {
        assert.deepEqual(
            view(
                pool("e2-standard-4", "pd-balanced"),
                pool("c3-standard-4", "pd-balanced"),
                pool("n4-standard-8", "hyperdisk-balanced"),
            ),
            [
                "C3_CPUS 12-20 vCPU",
                "CPUS 12-20 vCPU",
                "CPUS_PER_VM_FAMILY (N4) 24-40 vCPU",
                "HDB_TOTAL_GB 150-250 GB",
                "SSD_TOTAL_GB 300-500 GB",
            ],
        );
    });

    it("count spot machines apart, and standard disks apart from SSD", () => {
        const nodeConfig = { machineType: "n2-highmem-2", diskType: "pd-standard", diskSizeGb: 50, spot: true };
        assert.deepEqual(view(pool("n2-highmem-2", "pd-standard", { nodeConfig }), pool("n2-highmem-2", "pd-ssd")), [
            "N2_CPUS 6-10 vCPU",
            "PREEMPTIBLE_CPUS 6-10 vCPU",
            "DISKS_TOTAL_GB 150-250 GB",
            "SSD_TOTAL_GB 150-250 GB",
        ]);
    });

    it("count the addresses of Cloud NAT by the ports of all nodes", () => {
        const nat = (maxPortsPerVm: number) =>
            plannedResource("gcp:compute/routerNat:RouterNat", "nat", { maxPortsPerVm });
        const addresses = (ports: number) => view(pool("e2-standard-4", "pd-ssd"), nat(ports)).at(-1);
        // 64,512 ports an address: three nodes use 64,512, five 107,520.
        assert.equal(addresses(21_504), "IN_USE_ADDRESSES 1-2 addresses");
        assert.equal(addresses(21_505), "IN_USE_ADDRESSES 2-2 addresses");
    });

    it("are empty without nodes", () => {
        assert.deepEqual(view(), []);
    });
});
