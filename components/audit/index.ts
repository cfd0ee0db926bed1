import type * as pulumi from "@pulumi/pulumi";

import type { PlatformConfig } from "../../config/resolve";
import type { Cloud } from "../../config/schema";
import { awsPaths, gcpPaths } from "../cluster/paths";
import type { EgressRule } from "../common/peers";
import type { Storage } from "../storage/types";
import { GcpAudit } from "./gcp/audit-logs";
import { GuardDuty } from "./aws/guardduty";
import { KubeBench } from "./kube-bench";
import { AwsTrail } from "./aws/trail";
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

/** What a cluster is compared with, and how it is asked. */
interface Benchmark {
    /** CIS' recommendations for this cloud's clusters, in the version that kube-bench has. */
    readonly name: string;
    readonly apiServer: (config: PlatformConfig) => readonly EgressRule[];
}

/** None for an existing cluster: CIS has no recommendations for clusters in general that a pod could check by reading. */
const benchmarks: Readonly<Partial<Record<Cloud, Benchmark>>> = {
    gcp: { name: "gke-1.9.0", apiServer: (config) => gcpPaths(config).apiServer },
    aws: { name: "eks-1.8.0", apiServer: (config) => awsPaths(config).apiServer },
};

/** The benchmark of a stack's cluster; undefined where there is none. */
export function benchmarkOf({ cloud }: Pick<PlatformConfig, "cloud">): Benchmark | undefined {
    return benchmarks[cloud];
}

/** Compares the cluster with CIS' recommendations each week, a replica's too (SC-12). */
export function createBenchmark(
    name: string,
    { config, namespace }: { readonly config: PlatformConfig; readonly namespace: pulumi.Input<string> },
    opts: pulumi.ComponentResourceOptions,
): KubeBench | undefined {
    const benchmark = benchmarkOf(config);
    return benchmark === undefined
        ? undefined
        : new KubeBench(
              name,
              {
                  namespace,
                  benchmark: benchmark.name,
                  apiServer: benchmark.apiServer(config),
                  mirror: config.images.mirror,
              },
              opts,
          );
}
