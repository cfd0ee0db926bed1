import assert from "node:assert/strict";

import { addonsConfig } from "../../../components/addons/config";
import { tierNames } from "../../../config/schema";
import { describePart } from "../../config/describe-part";
import { resolvedSettings as resolved } from "../../config/stack-file";
import { addonsGood, addonsMistakes } from "./mistakes";

describePart(addonsConfig, addonsMistakes, addonsGood);

describe("the add-ons' defaults", () => {
    it("enable the vertical autoscaler in prod only (AS-09)", () => {
        const view = tierNames.map((tier) => resolved(tier, "aws").verticalAutoscaler);
        assert.deepEqual(view, [false, false, true]);
    });

    it("use the charts' repositories unless the stack names a source", () => {
        assert.deepEqual(resolved("prod", "gcp").charts, { source: undefined });
        assert.deepEqual(resolved("prod", "gcp", { "charts.source": "./charts" }).charts, { source: "./charts" });
    });

    it("install metrics-server on an existing cluster unless the stack sets otherwise", () => {
        assert.equal(resolved("dev", "existing").existing.metricsServer, "install");
        const own = resolved("dev", "existing", { "existing.metricsServer": "present" });
        assert.equal(own.existing.metricsServer, "present");
    });
});
