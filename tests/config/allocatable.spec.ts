import assert from "node:assert/strict";

import { allocatableOf, eksAllocatable, eksMaxPods, gkeAllocatable } from "../../config/allocatable";
import { machines } from "../../config/machines";

const gibi = 2 ** 30;

/** Bytes in GiB, to two decimals. */
const inGibi = (bytes: number): number => Math.round((bytes / gibi) * 100) / 100;

describe("allocatable resources", () => {
    it("of a GKE node equal the example in the documentation", () => {
        // plan-node-sizes: of 16 GiB, 1 + 0.8 + 0.8 GiB and 100 MiB are reserved; of 4 cores 80 millicores.
        const { cpu, memory, pods } = gkeAllocatable({ vcpu: 4, memoryGiB: 16, memoryEncryption: "none" }, 100, 110);
        assert.equal(Math.round(cpu * 1000), 3920);
        assert.equal(inGibi(memory), 13.3);
        assert.equal(pods, 110);
    });

    it("of an EKS node follow from its network interfaces and pods", () => {
        assert.deepEqual(["m7i.large", "m7i.xlarge", "t3.large"].map(eksMaxPods), [29, 58, 35]);
        const { cpu, memory } = eksAllocatable({ vcpu: 2, memoryGiB: 8, memoryEncryption: "none" }, 20, 29);
        assert.equal(Math.round(cpu * 1000), 1930);
        // AWS documents 574 MiB for 29 pods.
        assert.equal(Math.round(8 * 0.925 * 1024 - memory / 2 ** 20), 574 + 100);
        assert.throws(() => eksMaxPods("z9.huge"), /z9\.huge; add them/);
    });

    it("leave of a GKE node's disk what the least of three reservations and the eviction leave", () => {
        // Half of 20 GiB, 6 GiB and 35 % of 100 GiB, and 100 GiB of 500, each with a tenth of the disk.
        const machine = { vcpu: 4, memoryGiB: 16, memoryEncryption: "none" } as const;
        const left = [20, 100, 500].map((disk) => gkeAllocatable(machine, disk, 110).ephemeralStorage);
        assert.deepEqual(left.map(inGibi), [8, 49, 350]);
    });

    it("leave of an EKS node's disk all but 1 GiB and a tenth", () => {
        const machine = { vcpu: 2, memoryGiB: 8, memoryEncryption: "none" } as const;
        const left = [20, 100].map((disk) => eksAllocatable(machine, disk, 29).ephemeralStorage);
        assert.deepEqual(left.map(inGibi), [17, 89]);
    });

    it("are known for every machine type of config/machines.ts, and for no node of an existing cluster", () => {
        for (const cloud of ["gcp", "aws"] as const) {
            for (const type of Object.keys(machines[cloud])) {
                assert.ok((allocatableOf(cloud, type)?.pods ?? 0) > 0, type);
                assert.equal(allocatableOf("existing", type), undefined);
            }
        }
        assert.equal(allocatableOf("gcp", "e9-huge"), undefined);
        assert.equal(allocatableOf("aws", "z9.huge"), undefined);
    });

    it("follow the rules of the machine type's cloud", () => {
        const gke = { vcpu: 4, memoryGiB: 16, memoryEncryption: "none" } as const;
        assert.deepEqual(allocatableOf("gcp", "e2-standard-4"), gkeAllocatable(gke, 100, 110));
        const eks = { vcpu: 4, memoryGiB: 16, memoryEncryption: "always-on" } as const;
        assert.deepEqual(allocatableOf("aws", "m7i.xlarge"), eksAllocatable(eks, 100, 58));
    });
});
