import assert from "node:assert/strict";

import { perZone, placeOf } from "../../../components/cache/config-size";

describe("places of a cluster's members (CA-01)", () => {
    it("are different for the members of a shard, and for the masters of three shards", () => {
        const shards = [0, 1, 2, 3, 4, 5];
        assert.deepEqual(
            shards.map((shard) => [0, 1, 2].map((member) => placeOf(shard, member)).join()),
            ["0,1,2", "1,2,0", "2,0,1", "0,1,2", "1,2,0", "2,0,1"],
        );
    });

    it("have at most so many members of a zone", () => {
        const most = [perZone(1, 0), perZone(3, 0), perZone(3, 1), perZone(3, 2), perZone(5, 1), perZone(6, 1)];
        assert.deepEqual(most, [1, 1, 2, 3, 4, 4]);
    });
});
