import assert from "node:assert/strict";

import { helmConfig } from "../../../components/helm/config";
import { describePart } from "../../config/describe-part";
import { resolvedSettings as resolved } from "../../config/stack-file";
import { helmGood, helmMistakes } from "./mistakes";

describePart(helmConfig, helmMistakes, helmGood);

describe("the source of charts", () => {
    it("is each chart's project until a stack says otherwise", () => {
        assert.deepEqual(resolved("prod", "gcp").charts, { source: undefined });
        assert.deepEqual(resolved("prod", "gcp", { "charts.source": "./charts" }).charts, { source: "./charts" });
    });
});
