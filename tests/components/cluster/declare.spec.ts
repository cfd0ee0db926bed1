import assert from "node:assert/strict";

import { allocatableOf } from "../../../config/allocatable";
import { configOf, declaredOf } from "../layers";

describe("the declaration of the cluster", () => {
    it("has each node pool with its maximum and the size of a node (CL-03 to CL-07, AS-12)", () => {
        const { nodePools } = declaredOf(configOf("gcp", "prod"));
        assert.deepEqual(
            nodePools,
            [
                { pool: "app", max: 20, machineType: "e2-standard-4" },
                { pool: "database", max: 4, machineType: "c2-standard-8" },
                { pool: "cache", max: 3, machineType: "n2-highmem-2" },
                { pool: "payment", max: 3, machineType: "n2d-standard-4" },
                { pool: "spot", max: 6, machineType: "e2-standard-4" },
            ].map(({ machineType, ...pool }) => ({ ...pool, allocatable: allocatableOf("gcp", machineType) })),
        );
    });

    it("has the machines of the other cloud", () => {
        const { nodePools } = declaredOf(configOf("aws", "prod"));
        assert.deepEqual(
            nodePools.map(({ allocatable }) => allocatable),
            ["m7i.xlarge", "m7i.2xlarge", "r7i.large", "m7i.xlarge", "m7i.xlarge"].map((machineType) =>
                allocatableOf("aws", machineType),
            ),
        );
    });

    it("has no pool with machines of unknown size", () => {
        assert.deepEqual(declaredOf(configOf("existing", "prod")).nodePools, []);
        const config = configOf("aws", "prod");
        const { app } = config.nodePools;
        const unknown = { ...config, nodePools: { ...config.nodePools, app: { ...app, machineType: "z9.huge" } } };
        assert.deepEqual(
            declaredOf(unknown as typeof config).nodePools.map(({ pool }) => pool),
            ["database", "cache", "payment", "spot"],
        );
    });
});
