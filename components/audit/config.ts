import { flag, group, whole } from "../../config/fields";
import { configPart, defaultOn, type Rule, ruleOn } from "../../config/part";
import type { Tier } from "../../config/schema";

/** The configuration of the audit layer. */
export interface AuditConfig {
    readonly audit: {
        /** Days after which audit records of the cloud are deleted (SC-12). */
        readonly retentionDays: number;
        /** Whether the stack enables threat detection; AWS only (E15). */
        readonly guardDuty: boolean;
    };
}

const tiers: Readonly<Record<Tier, AuditConfig["audit"]>> = {
    dev: {
        // Long enough to investigate the last weeks.
        retentionDays: 30,
        // Charged per event, and dev has no data that needs it.
        guardDuty: false,
    },
    staging: {
        retentionDays: 90,
        // As in prod, so that findings caused by the platform itself are seen before prod has them.
        guardDuty: true,
    },
    prod: {
        // The year that card payments require for audit records, and about a month of reserve.
        retentionDays: 400,
        guardDuty: true,
    },
};

const prodKeepsAYear: Rule<AuditConfig> = ({ config: { tier, audit } }) => {
    const message = "is less than the year that card payments require for audit records; give 365 or more in prod";
    return tier === "prod" && audit.retentionDays < 365
        ? [{ path: "audit.retentionDays", value: audit.retentionDays, message }]
        : [];
};

/** The audit layer's keys. */
export const auditConfig = configPart({
    name: "audit",
    shape: {
        audit: group(
            "Audit records of the cloud, in a separate bucket (SC-12, CL-19); not used on an existing cluster",
            { retentionDays: whole("Days after which a record is deleted", 30, 3650).optional() },
        ).optional(),
    },
    groups: {
        aws: {
            guardDuty: flag(
                "Whether the stack enables GuardDuty; give false if the organisation does, since an account has one detector per region (E15)",
            ).optional(),
        },
    },
    tiers,
    resolve: ({ audit, aws }, { tier }): AuditConfig => ({
        audit: {
            retentionDays: audit?.retentionDays ?? tiers[tier].retentionDays,
            guardDuty: aws?.guardDuty ?? tiers[tier].guardDuty,
        },
    }),
    rules: [ruleOn(["gcp", "aws"], prodKeepsAYear)],
    defaults: {
        "audit.retentionDays": defaultOn(["gcp", "aws"], ({ audit }: AuditConfig) => audit.retentionDays),
        "aws.guardDuty": defaultOn(["aws"], ({ audit }: AuditConfig) => audit.guardDuty),
    },
});
