import type * as pulumi from "@pulumi/pulumi";

import { auditConfig } from "./config";
import type { LayerConfig } from "./layer-config";
import type { Cloud } from "../../config/schema";
import type { Layer } from "../layer";
import type { Namespaces } from "../security/types";
import type { Storage } from "../storage/types";
import { GuardDuty } from "./aws/guardduty";
import { AwsTrail } from "./aws/trail";
import { GcpAudit } from "./gcp/audit-logs";
import { declareBenchmark, KubeBench } from "./kube-bench";
import type { Audit } from "./types";

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

/** CIS benchmarks by cloud, in kube-bench's versions; none for existing clusters. */
const benchmarks: Readonly<Partial<Record<Cloud, string>>> = { gcp: "gke-1.9.0", aws: "eks-1.8.0" };

/** Compares the cluster with the CIS benchmark each week, in a replica too (SC-12). */
export function createBenchmark(
    name: string,
    { config, namespace }: { readonly config: LayerConfig; readonly namespace: pulumi.Input<string> },
    opts: pulumi.ComponentResourceOptions,
): KubeBench | undefined {
    const benchmark = benchmarks[config.cloud];
    const { mirror } = config.images;
    return benchmark === undefined ? undefined : new KubeBench(name, { namespace, benchmark, mirror }, opts);
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
    declare: ({ config }) => (benchmarks[config.cloud] === undefined ? {} : declareBenchmark()),
    create: (name, { config, storage, security }, opts) => {
        createBenchmark("kube-bench", { config, namespace: security.security }, opts);
        return createAudit(name, { config, storage }, opts);
    },
};
