import type * as pulumi from "@pulumi/pulumi";

import type { PlatformConfig } from "../../config/resolve";
import type { Storage } from "../storage/types";
import { GcpAudit } from "./gcp";
import { GuardDuty } from "./guardduty-aws";
import { AwsTrail } from "./trail-aws";
import type { Audit } from "./types";

/** What the audit layer is made from. */
export interface AuditArgs {
    readonly config: PlatformConfig;
    /** Backups, whose every reader is recorded, and where it is kept who read a bucket. */
    readonly storage: Pick<Storage, "backups" | "recorder">;
}

/**
 * Records who did what in the stack's project or account. A replica shares its primary's: sinks, trails and what a
 * project logs are there already, and cover its region too; two of them would record, and cost, twice.
 */
export function createAudit(name: string, args: AuditArgs, opts?: pulumi.ComponentResourceOptions): Audit {
    const { config } = args;
    const primary = config.replicaOf === undefined;
    switch (config.cloud) {
        case "gcp":
            return { records: primary ? new GcpAudit(name, args, opts).records : undefined };
        case "aws":
            if (config.audit.guardDuty) {
                // Detectors see one region each: the replica's is its own.
                new GuardDuty(`${name}-threats`, {}, opts);
            }
            return { records: primary ? new AwsTrail(name, args, opts).records : undefined };
        case "existing":
            return { records: undefined };
    }
}
