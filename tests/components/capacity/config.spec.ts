import assert from "node:assert/strict";

import { capacityConfig } from "../../../components/capacity/config";
import { tierNames } from "../../../config/schema";
import { resolvedSettings as resolved } from "../../config/stack-file";

describe("the room that placeholders keep free", () => {
    it("is a fifth of the app pool from staging on (CL-10)", () => {
        assert.deepEqual(
            tierNames.map((tier) => resolved(tier, "gcp").headroomPercent),
            [0, 20, 20],
        );
    });

    it("is nothing in a replica, which runs no pods of the shop (CL-18)", () => {
        const replica = { "recovery.role": "replica", "recovery.replicaOf": "prod", "aws.region": "us-west-2" };
        assert.equal(resolved("prod", "aws", replica).headroomPercent, 0);
    });

    it("has no key of its own", () => {
        assert.deepEqual(capacityConfig.shape, {});
    });
});
