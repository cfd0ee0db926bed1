import assert from "node:assert/strict";

import {
    connectionArithmetic,
    requiredConnections,
    reservedConnections,
} from "../../../components/database/config-sizing";

const sizing = {
    poolers: { instances: 3, serverConnections: 40 },
    pgpool: { enabled: true, instances: 2, children: 50, pools: 4 },
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
