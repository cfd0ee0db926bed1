import type * as pulumi from "@pulumi/pulumi";

import type { Layer } from "../layer";
import type { Namespaces } from "../security/types";
import type { Storage } from "../storage/types";
import { GuardDuty } from "./aws/guardduty";
import { AwsTrail } from "./aws/trail";
import { GcpAudit } from "./gcp/audit-logs";
import { benchmarkOf, createBenchmark } from "./benchmark";
import { auditConfig } from "./config";
import { declareBenchmark } from "./kube-bench";
import type { LayerConfig } from "./layer-config";
import type { Audit } from "./types";

export { createBenchmark } from "./benchmark";

/** Inputs of {@link createAudit}. */
export interface AuditArgs {
    readonly config: LayerConfig;
    /** The bucket of backups, whose reads are recorded, and the bucket of access logs. */
    readonly storage: Pick<Storage, "backups" | "accessLogBucket">;
}

/**
 * Creates the audit records of the stack's project or account. A replica shares its primary's: the sink, the trail and the
 * project's log settings cover the replica's region too; a second set would duplicate records and costs.
 */
export function createAudit(name: string, args: AuditArgs, opts?: pulumi.ComponentResourceOptions): Audit {
    const { config } = args;
    const primary = config.replicaOf === undefined;
    switch (config.cloud) {
        case "gcp":
            return { records: primary ? new GcpAudit(name, args, opts).records : undefined };
        case "aws":
            if (config.audit.guardDuty) {
                // Detectors are regional: a replica has its own.
                new GuardDuty(`${name}-threats`, {}, opts);
            }
            return { records: primary ? new AwsTrail(name, args, opts).records : undefined };
        case "existing":
            return { records: undefined };
    }
}

/** Audit records of the cloud, and the cluster's comparison with the CIS benchmark (SC-12, CL-19). */
export const audit: Layer<
    "audit",
    LayerConfig,
    { readonly storage: Storage; readonly security: Namespaces },
    Audit,
    typeof auditConfig
> = {
    name: "audit",
    config: auditConfig,
    declare: ({ config }) => (benchmarkOf(config) === undefined ? {} : declareBenchmark()),
    create: (name, { config, storage, security }, opts) => {
        createBenchmark("kube-bench", { config, namespace: security.security }, opts);
        return createAudit(name, { config, storage }, opts);
    },
};
