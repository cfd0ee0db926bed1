import assert from "node:assert/strict";

import { capacityConfig } from "../../../components/capacity/config";
import { tierNames } from "../../../config/schema";
import { resolvedSettings as resolved } from "../../config/stack-file";

describe("the capacity that placeholders reserve", () => {
    it("is 20 % of the app pool from staging on (CL-10)", () => {
        assert.deepEqual(
            tierNames.map((tier) => resolved(tier, "gcp").headroomPercent),
            [0, 20, 20],
        );
    });

    it("is zero in a replica, which runs no services (CL-18)", () => {
        const replica = { "recovery.role": "replica", "recovery.replicaOf": "prod", "aws.region": "us-west-2" };
        assert.equal(resolved("prod", "aws", replica).headroomPercent, 0);
    });

    it("has no key in the stack file", () => {
        assert.equal(capacityConfig.name, "capacity");
        assert.deepEqual(capacityConfig.shape, {});
        assert.deepEqual(capacityConfig.defaults, {});
        assert.deepEqual(capacityConfig.rules, []);
    });
});
