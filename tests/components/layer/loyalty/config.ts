import { group, whole } from "../../../../config/fields";
import { configPart, type Rule } from "../../../../config/part";
import type { Tier } from "../../../../config/schema";

/** What the layer reads of its own keys. */
export interface LoyaltyConfig {
    readonly loyalty: { readonly retentionDays: number };
}

const tiers: Readonly<Record<Tier, LoyaltyConfig["loyalty"]>> = {
    dev: { retentionDays: 7 },
    staging: { retentionDays: 30 },
    // Points expire after a year.
    prod: { retentionDays: 365 },
};

const prodKeepsPoints: Rule<LoyaltyConfig> = ({ config: { tier, loyalty } }) => {
    const message = "loses points before they expire; give 365 or more in prod";
    const value = loyalty.retentionDays;
    return tier === "prod" && value < 365 ? [{ path: "loyalty.retentionDays", value, message }] : [];
};

/** The layer's keys. */
export const loyaltyConfig = configPart({
    name: "loyalty",
    shape: {
        loyalty: group("Points of customers", {
            retentionDays: whole("Days after which points are deleted", 1, 3650).optional(),
        }).optional(),
    },
    tiers,
    resolve: ({ loyalty }, { tier }): LoyaltyConfig => ({
        loyalty: { retentionDays: loyalty?.retentionDays ?? tiers[tier].retentionDays },
    }),
    rules: [prodKeepsPoints],
    defaults: { "loyalty.retentionDays": ({ loyalty }) => loyalty.retentionDays },
});
