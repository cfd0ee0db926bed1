import { flag, group, whole } from "../../config/fields";
import { configPart, defaultOn, type Rule, ruleOn } from "../../config/part";
import type { Tier } from "../../config/schema";

/** What the audit layer reads. */
export interface AuditConfig {
    readonly audit: {
        /** How long records of actions in the cloud are kept (SC-12). */
        readonly retentionDays: number;
        /** Whether the stack switches threat detection on; AWS only (E15). */
        readonly guardDuty: boolean;
    };
}

const tiers: Readonly<Record<Tier, AuditConfig["audit"]>> = {
    dev: {
        // Long enough to see what was done in the last weeks.
        retentionDays: 30,
        // Charged by the event: dev has nothing that is worth an intruder's time.
        guardDuty: false,
    },
    staging: {
        retentionDays: 90,
        // As in prod: its findings about our own way of working have to be known before prod has them.
        guardDuty: true,
    },
    prod: {
        // A year, as card payments ask of audit trails, and a month more in which to notice that the year is over.
        retentionDays: 400,
        guardDuty: true,
    },
};

const prodKeepsAYear: Rule<AuditConfig> = ({ config: { tier, audit } }) => {
    const message = "is less than the year that card payments ask of audit trails; give 365 or more in prod";
    return tier === "prod" && audit.retentionDays < 365
        ? [{ path: "audit.retentionDays", value: audit.retentionDays, message }]
        : [];
};

/** The audit layer's keys. */
export const auditConfig = configPart({
    name: "audit",
    shape: {
        audit: group(
            "Records of who did what in the cloud, kept apart (SC-12, CL-19); a cluster that exists keeps its own",
            { retentionDays: whole("Days after which a record is deleted", 30, 3650).optional() },
        ).optional(),
    },
    groups: {
        aws: {
            guardDuty: flag(
                "Whether the stack switches GuardDuty on; false where the organisation does, for an account has one detector a region (E15)",
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
