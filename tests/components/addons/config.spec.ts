import assert from "node:assert/strict";

import { addonsConfig } from "../../../components/addons/config";
import { describePart } from "../../config/describe-part";
import { resolvedSettings as resolved } from "../../config/stack-file";
import { addonsGood, addonsMistakes } from "./mistakes";

describePart(addonsConfig, addonsMistakes, addonsGood);

describe("the add-ons' defaults", () => {
    it("install metrics-server on an existing cluster unless the stack sets otherwise", () => {
        assert.equal(resolved("dev", "existing").existing.metricsServer, "install");
        const own = resolved("dev", "existing", { "existing.metricsServer": "present" });
        assert.equal(own.existing.metricsServer, "present");
    });
});
