import assert from "node:assert/strict";

import { gcpDisks, series } from "../../config/gcp-disks";
import { machines } from "../../config/machines";
import { generationNames } from "../../config/schema-pools";
import { poolMachines, tiers } from "../../config/tiers";

describe("machine types", () => {
    const sizes = {
        // CL-04 to CL-06; payment nodes are as large as the app's, with memory encryption on top (CL-08).
        app: [4, 16],
        database: [8, 32],
        cache: [2, 16],
        payment: [4, 16],
        spot: [4, 16],
        // The compact profile's (CL-15).
        frontend: [2, 8],
        backend: [4, 16],
        data: [8, 32],
    } as const;

    for (const cloud of ["gcp", "aws"] as const) {
        for (const generation of generationNames) {
            const types = poolMachines[cloud][generation];
            for (const [pool, [vcpu, memoryGiB]] of Object.entries(sizes)) {
                it(`${pool} nodes have ${vcpu} vCPU and ${memoryGiB} GiB on ${cloud}, ${generation}`, () => {
                    const machine = machines[cloud][types[pool as keyof typeof sizes]];
                    assert.deepEqual([machine?.vcpu, machine?.memoryGiB], [vcpu, memoryGiB]);
                });
            }

            it(`payment nodes can encrypt memory in use on ${cloud}, ${generation}`, () => {
                assert.notEqual(machines[cloud][types.payment]?.memoryEncryption, "none");
            });
        }

        it(`those of ${cloud} are none of the other cloud's`, () => {
            const other = machines[cloud === "gcp" ? "aws" : "gcp"];
            assert.deepEqual(
                Object.keys(machines[cloud]).filter((type) => Object.hasOwn(other, type)),
                [],
            );
        });
    }

    it("of the sources' list cannot encrypt memory, which is why payment has its own (CL-08)", () => {
        const { app, database, cache } = poolMachines.gcp.seed;
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

    it("change with their disks: the newest series take no pd-* type (ST-01)", () => {
        const { seed, latest } = poolMachines.gcp;
        for (const pool of ["app", "database", "cache", "spot"] as const) {
            const { boot, fast, standard, cold } = gcpDisks(seed[pool]);
            assert.deepEqual([boot, fast, standard, cold], ["pd-balanced", "pd-ssd", "pd-balanced", "pd-standard"]);
            assert.deepEqual(gcpDisks(latest[pool]).attaches, ["hyperdisk-balanced"]);
        }
    });

    it("have the disks of their series (ST-01, ST-03)", () => {
        const pd = { boot: "pd-balanced", fast: "pd-ssd", standard: "pd-balanced" };
        const available = { type: "hyperdisk-balanced-high-availability", parameters: {} };
        const zonal = { ...pd, cold: "pd-standard", attaches: ["pd-balanced", "pd-ssd", "pd-standard"] };
        const regional = {
            ...zonal,
            regional: { type: "pd-ssd", parameters: { "replication-type": "regional-pd" } },
        };
        const either = {
            ...pd,
            cold: "pd-balanced",
            attaches: ["pd-balanced", "pd-ssd", "hyperdisk-balanced"],
            regional: available,
        };
        const hyperdisk = {
            ...{ boot: "hyperdisk-balanced", fast: "hyperdisk-balanced", standard: "hyperdisk-balanced" },
            cold: "hyperdisk-balanced",
            attaches: ["hyperdisk-balanced"],
            regional: available,
        };
        const bySeries = { e2: regional, n2: regional, n2d: regional, c2: zonal, c2d: zonal };
        const newer = { c3: either, c3d: either, c4: hyperdisk, n4: hyperdisk };
        for (const [name, disks] of Object.entries({ ...bySeries, ...newer, "": zonal })) {
            assert.deepEqual(gcpDisks(`${name}-standard-4`), disks, name);
        }
        assert.equal(series("n2d-standard-4"), "n2d");
    });

    it("attach each disk type that is chosen for them", () => {
        for (const type of Object.keys(machines.gcp)) {
            const { attaches, boot, fast, standard, cold } = gcpDisks(type);
            for (const disk of [boot, fast, standard, cold]) {
                assert.ok(attaches.includes(disk), `${type}: ${disk}`);
            }
        }
    });
});

describe("pools of the tiers", () => {
    for (const [tier, { nodePools, spotPool }] of Object.entries(tiers)) {
        it(`have a node in each of three zones in ${tier}`, () => {
            for (const [pool, { min, max }] of Object.entries(nodePools)) {
                assert.ok(min >= 3 && min <= max, pool);
            }
        });

        it(`can do without spot nodes in ${tier}, for the cloud may have none (CL-12)`, () => {
            assert.equal(spotPool?.min ?? 0, 0);
        });
    }
});
