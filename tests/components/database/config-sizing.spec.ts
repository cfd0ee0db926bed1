import assert from "node:assert/strict";

import {
    connectionArithmetic,
    poolerConnections,
    requiredConnections,
    reservedConnections,
} from "../../../components/database/config-sizing";

const sizing = {
    poolers: { instances: 3, serverConnections: 40 },
    pgpool: { enabled: true, instances: 2, children: 50, pools: 4, queryCacheSeconds: 0 },
};

describe("the connections of an instance (DB-08)", () => {
    it("are those of Pgpool-II, of both poolers and the reserve", () => {
        assert.equal(reservedConnections, 40);
        assert.equal(requiredConnections(sizing), 50 * 4 * 2 + 2 * 3 * 40 + 40);
        const text =
            "50 children x 4 pools x 2 pods of Pgpool-II + 2 poolers x 3 pods x 40 server connections + 40 reserved = 680";
        assert.equal(connectionArithmetic(sizing), text);
    });

    it("leave out Pgpool-II where it is off", () => {
        const off = { ...sizing, pgpool: { ...sizing.pgpool, enabled: false } };
        assert.equal(requiredConnections(off), 280);
        assert.equal(connectionArithmetic(off), "2 poolers x 3 pods x 40 server connections + 40 reserved = 280");
    });
});

describe("the connections of the two poolers (DB-10)", () => {
    it("are in the proportion of reads and writes, and as many together whatever it is", () => {
        const shares = (serverConnections: number) =>
            [10, 70, 75, 90].map((readShare) => poolerConnections({ serverConnections, readShare }));
        assert.deepEqual(shares(40), [
            { rw: 72, ro: 8 },
            { rw: 24, ro: 56 },
            { rw: 20, ro: 60 },
            { rw: 8, ro: 72 },
        ]);
        assert.deepEqual(shares(1), [
            { rw: 1, ro: 1 },
            { rw: 1, ro: 1 },
            { rw: 1, ro: 1 },
            { rw: 1, ro: 1 },
        ]);
    });
});
