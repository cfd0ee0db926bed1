import * as logging from "@pulumi/gcp/logging";
import * as projects from "@pulumi/gcp/projects";
import * as storage from "@pulumi/gcp/storage";
import * as pulumi from "@pulumi/pulumi";

import type { LayerConfig } from "../layer-config";
import { after } from "../../common/after";
import { GcpAgents } from "../../common/gcp/service-agents";
import { cleanupRules, gcpBucket, objectStore, type Rule } from "../../common/gcp/bucket";
import { days } from "../../common/object-lifecycle";
import type { ObjectStore } from "../../storage/types";

/** Arguments of {@link GcpAudit}. */
export interface GcpAuditArgs {
    readonly config: LayerConfig;
    readonly storage: { readonly accessLogBucket: pulumi.Output<string> | undefined };
}

/**
 * Services with data access logs, and their log types. Admin activity logs are always on and free; data access logs are
 * billed by volume, so only services that hold secrets are listed.
 */
const dataAccess: Readonly<Record<string, readonly string[]>> = {
    // Use of keys. Services that use customer-managed keys cache the unwrapped keys and make few calls.
    "cloudkms.googleapis.com": ["ADMIN_READ", "DATA_READ", "DATA_WRITE"],
    // Reads of secrets: a few hundred entries per hour, mostly of External Secrets.
    "secretmanager.googleapis.com": ["ADMIN_READ", "DATA_READ", "DATA_WRITE"],
    // Reads of Secrets through the cluster's API. The largest of the four, since controllers read continuously.
    "container.googleapis.com": ["ADMIN_READ", "DATA_READ", "DATA_WRITE"],
    // Writes and deletions of objects. Not reads: access logs record those of backups and audit logs (D1), and for the other
    // buckets they would be numerous and of little use.
    "storage.googleapis.com": ["DATA_WRITE"],
};

/** Reads too, in place of the access logs. */
const withoutUsageLogs = { "storage.googleapis.com": ["DATA_READ", "DATA_WRITE"] } as const;

/** Logs that the sink sends to the bucket: the four audit logs. The cluster's API writes to the first two. */
const auditLogs = ["activity", "data_access", "policy", "system_event"].map(
    (kind) => `cloudaudit.googleapis.com/${kind}`,
);

/** Flow logs, where they have to be kept for longer than the 30 days of the project's log bucket. */
const flowLogs = "compute.googleapis.com/vpc_flows";

/**
 * Data access logs of the cluster's API, by far the largest. The sink stores them: the project's log bucket `_Default` would
 * store, and bill, them a second time.
 * https://docs.cloud.google.com/kubernetes-engine/docs/concepts/audit-policy
 */
const clusterReads = 'log_id("cloudaudit.googleapis.com/data_access") AND protoPayload.serviceName="k8s.io"';

/** Moves records to a class with lower storage costs after three months, and deletes them after their retention (SC-12). */
function lifecycleRules(retentionDays: number): Rule[] {
    const archive: Rule = {
        action: { type: "SetStorageClass", storageClass: "COLDLINE" },
        condition: { age: days.archived, matchesStorageClasses: ["STANDARD"] },
    };
    const expiration: Rule = { action: { type: "Delete" }, condition: { age: retentionDays } };
    return [...(retentionDays > days.archived ? [archive] : []), expiration, ...cleanupRules];
}

/** The audit records of a project, in a bucket that only the sink writes to (SC-12, CL-19). */
export class GcpAudit extends pulumi.ComponentResource {
    /** Resolves when the sink may write to it. */
    public readonly records: ObjectStore;

    constructor(name: string, args: GcpAuditArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:audit:GcpAudit", name, {}, opts);
        const { config } = args;
        const child = { parent: this };
        const logTypesOf = { ...dataAccess, ...(config.usageLogs ? {} : withoutUsageLogs) };
        for (const [service, logTypes] of Object.entries(logTypesOf)) {
            new projects.IAMAuditConfig(
                `${name}-${service.split(".")[0] ?? ""}`,
                { project: config.account, service, auditLogConfigs: logTypes.map((logType) => ({ logType })) },
                child,
            );
        }
        const { accessLogBucket } = args.storage;
        const bucket = gcpBucket(
            name,
            {
                config,
                agent: new GcpAgents(`${name}-agents`, { config }, child).storage,
                purpose: "audit",
                overrides: {
                    lifecycleRules: lifecycleRules(config.audit.retentionDays),
                    // Records reads of the audit records (D1).
                    ...(accessLogBucket === undefined
                        ? {}
                        : { logging: { logBucket: accessLogBucket, logObjectPrefix: "access/audit" } }),
                },
            },
            child,
        );
        const sink = new logging.ProjectSink(
            name,
            {
                project: config.account,
                // Fixed, by stack: the log router lists the sinks of all stacks of a project.
                name: `${config.stack}-audit`,
                destination: pulumi.interpolate`storage.googleapis.com/${bucket.name}`,
                filter: [...auditLogs, ...(config.network.flowLogs.archived ? [flowLogs] : [])]
                    .map((log) => `log_id("${log}")`)
                    .join(" OR "),
                // A service account for this sink; the older shared one writes for all customers.
                uniqueWriterIdentity: true,
            },
            child,
        );
        const writer = new storage.BucketIAMMember(
            `${name}-writer`,
            // May create objects, but not read, overwrite or delete them (D3, SC-12).
            { bucket: bucket.name, role: "roles/storage.objectCreator", member: sink.writerIdentity },
            child,
        );
        new logging.ProjectExclusion(
            `${name}-cluster-reads`,
            {
                project: config.account,
                // Fixed, by stack, as the sink's.
                name: `${config.stack}-cluster-reads`,
                description: "Stored in the bucket of audit records",
                filter: clusterReads,
            },
            // Stored somewhere at any time.
            { ...child, dependsOn: [writer] },
        );
        const { name: bucketName, url, key } = objectStore(bucket);
        this.records = { name: bucketName, url: after(url, [writer]), key };
        this.registerOutputs({ records: this.records.url });
    }
}
