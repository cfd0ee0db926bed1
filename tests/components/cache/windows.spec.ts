import assert from "node:assert/strict";

import { backupHour, maintenanceHour } from "../../../components/cache/windows";

describe("when managed caches are maintained and backed up", () => {
    it("is the first hour of the cluster's window, and the hour before", () => {
        const starts = ["0 3 * * 6", "30 0 * * 3,1"].map(maintenanceHour);
        assert.deepEqual(starts, [
            { weekday: 6, hour: 3, minute: 0 },
            { weekday: 1, hour: 0, minute: 30 },
        ]);
        assert.deepEqual(starts.map(backupHour), [2, 23]);
    });

    it("must recur by week", () => {
        assert.throws(
            () => maintenanceHour("0 3 1 * *"),
            /^Error: cluster\.maintenanceWindow \(0 3 1 \* \*\) does not recur by week; give one such as 0 3 \* \* 6$/,
        );
    });
});
