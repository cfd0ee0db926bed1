import assert from "node:assert/strict";

import { type PlatformConfig, resolve } from "../../config/resolve";
import { type Settings, type Tier, tierNames } from "../../config/schema";

const resolved = (tier: Tier, own: Partial<Settings> = {}): PlatformConfig["audit"] =>
    resolve("test", { tier, cloud: "aws", domain: "shop.example.com", aws: { accountId: "123456789012" }, ...own })
        .audit;

describe("audit records by tier (SC-12, E15)", () => {
    it("are kept a month, a quarter or more than a year, and watched from staging on", () => {
        assert.deepEqual(
            tierNames.map((tier) => resolved(tier)),
            [
                { retentionDays: 30, guardDuty: false },
                { retentionDays: 90, guardDuty: true },
                { retentionDays: 400, guardDuty: true },
            ],
        );
    });

    it("are kept and watched as the stack says", () => {
        const own = resolved("prod", {
            audit: { retentionDays: 3650 },
            aws: { accountId: "123456789012", guardDuty: false },
        });
        assert.deepEqual(own, { retentionDays: 3650, guardDuty: false });
        const dev = resolved("dev", { aws: { accountId: "123456789012", guardDuty: true } });
        assert.deepEqual(dev, { retentionDays: 30, guardDuty: true });
    });
});
