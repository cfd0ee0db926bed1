import assert from "node:assert/strict";

import { commonConfig } from "../../../components/common/config";
import { tierNames } from "../../../config/schema";
import { describePart } from "../../config/describe-part";
import { resolvedSettings as resolved } from "../../config/stack-file";
import { commonGood, commonMistakes } from "./mistakes";

describePart(commonConfig, commonMistakes, commonGood);

describe("the data of a stack", () => {
    it("outlives prod alone, unless the stack says otherwise (D7)", () => {
        const view = tierNames.map((tier) => resolved(tier, "aws").data);
        assert.deepEqual(view, [{ keepOnDestroy: false }, { keepOnDestroy: false }, { keepOnDestroy: true }]);
        assert.deepEqual(resolved("staging", "gcp", { "data.keepOnDestroy": true }).data, { keepOnDestroy: true });
        assert.deepEqual(resolved("prod", "gcp", { "data.keepOnDestroy": false }).data, { keepOnDestroy: false });
    });
});

describe("the vertical autoscaler", () => {
    it("is in prod alone (AS-09)", () => {
        const view = tierNames.map((tier) => resolved(tier, "aws").verticalAutoscaler);
        assert.deepEqual(view, [false, false, true]);
    });
});
