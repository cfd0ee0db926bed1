import assert from "node:assert/strict";

import { auditConfig } from "../../../components/audit/config";
import { tierNames } from "../../../config/schema";
import { describePart } from "../../config/describe-part";
import { resolvedSettings as resolved } from "../../config/stack-file";
import { auditGood, auditMistakes } from "./mistakes";

describePart(auditConfig, auditMistakes, auditGood);

describe("audit records by tier (SC-12, E15)", () => {
    it("are retained 30, 90 or 400 days, with GuardDuty from staging on", () => {
        assert.deepEqual(
            tierNames.map((tier) => resolved(tier, "aws").audit),
            [
                { retentionDays: 30, guardDuty: false },
                { retentionDays: 90, guardDuty: true },
                { retentionDays: 400, guardDuty: true },
            ],
        );
    });

    it("follow the stack file", () => {
        const own = resolved("prod", "aws", { "audit.retentionDays": 3650, "aws.guardDuty": false });
        assert.deepEqual(own.audit, { retentionDays: 3650, guardDuty: false });
        const dev = resolved("dev", "aws", { "aws.guardDuty": true });
        assert.deepEqual(dev.audit, { retentionDays: 30, guardDuty: true });
    });
});
