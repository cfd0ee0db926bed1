import assert from "node:assert/strict";

import { machines } from "../../config/machines";
import { poolMachines, tiers } from "../../config/tiers";

describe("machine types", () => {
    const sizes = {
        // CL-04 to CL-06; payment nodes are as large as the app's, with memory encryption on top (CL-08).
        app: [4, 16],
        database: [8, 32],
        cache: [2, 16],
        payment: [4, 16],
    } as const;

    for (const cloud of ["gcp", "aws"] as const) {
        for (const [pool, [vcpu, memoryGiB]] of Object.entries(sizes)) {
            it(`${pool} nodes have ${vcpu} vCPU and ${memoryGiB} GiB on ${cloud}`, () => {
                const machine = machines[cloud][poolMachines[cloud][pool as keyof typeof sizes]];
                assert.deepEqual([machine?.vcpu, machine?.memoryGiB], [vcpu, memoryGiB]);
            });
        }

        it(`payment nodes can encrypt memory in use on ${cloud}`, () => {
            assert.notEqual(machines[cloud][poolMachines[cloud].payment]?.memoryEncryption, "none");
        });

        it(`those of ${cloud} are none of the other cloud's`, () => {
            const other = machines[cloud === "gcp" ? "aws" : "gcp"];
            assert.deepEqual(
                Object.keys(machines[cloud]).filter((type) => Object.hasOwn(other, type)),
                [],
            );
        });
    }

    it("of the sources' list cannot encrypt memory, which is why payment has its own (CL-08)", () => {
        const { app, database, cache } = poolMachines.gcp;
        for (const type of [app, database, cache]) {
            assert.equal(machines.gcp[type]?.memoryEncryption, "none", type);
        }
    });

    it("have sizes that a node can have", () => {
        for (const [type, { vcpu, memoryGiB }] of [...Object.entries(machines.gcp), ...Object.entries(machines.aws)]) {
            assert.ok([2, 4, 8, 16].includes(vcpu), type);
            assert.ok(memoryGiB / vcpu >= 3.75 && memoryGiB / vcpu <= 8, type);
        }
    });
});

describe("pools of the tiers", () => {
    for (const [tier, { nodePools }] of Object.entries(tiers)) {
        it(`have a node in each of three zones in ${tier}`, () => {
            for (const [pool, { min, max }] of Object.entries(nodePools)) {
                assert.ok(min >= 3 && min <= max, pool);
            }
        });
    }
});
