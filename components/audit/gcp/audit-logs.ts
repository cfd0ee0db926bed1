import * as logging from "@pulumi/gcp/logging";
import * as projects from "@pulumi/gcp/projects";
import * as storage from "@pulumi/gcp/storage";
import * as pulumi from "@pulumi/pulumi";

import type { LayerConfig } from "../layer-config";
import { after } from "../../common/after";
import { GcpAgents } from "../../common/gcp/service-agents";
import { gcpBucket, type Rule, store, tidying } from "../../common/gcp/bucket";
import { days } from "../../common/object-lifecycle";
import type { ObjectStore } from "../../storage/types";

/** What a {@link GcpAudit} is made from. */
export interface GcpAuditArgs {
    readonly config: LayerConfig;
    readonly storage: { readonly recorder: pulumi.Output<string> | undefined };
}

/**
 * Services whose reads and writes of data are logged, and which kinds of them. Google logs administration by itself and
 * free of charge; this is paid for by volume, so that only what holds secrets is here.
 */
const dataAccess: Readonly<Record<string, readonly string[]>> = {
    // Who used, or looked at, a key. Services that encrypt for us keep what they unwrapped, and ask seldom.
    "cloudkms.googleapis.com": ["ADMIN_READ", "DATA_READ", "DATA_WRITE"],
    // Who read a secret: a few hundred lines an hour, from External Secrets mostly.
    "secretmanager.googleapis.com": ["ADMIN_READ", "DATA_READ", "DATA_WRITE"],
    // Who read a Secret through the cluster's API. The largest of the four, for controllers read all the time.
    "container.googleapis.com": ["ADMIN_READ", "DATA_READ", "DATA_WRITE"],
    // Who wrote or deleted an object. Not who read it: of backups and of audit logs the access logs say that (D1), and
    // of all other buckets it would be the most there is to log, and the least to learn from.
    "storage.googleapis.com": ["DATA_WRITE"],
};

/** What the sink takes: the four logs that Google keeps of who did what. The cluster's API writes into the first two. */
const filter = ["activity", "data_access", "policy", "system_event"]
    .map((kind) => `log_id("cloudaudit.googleapis.com/${kind}")`)
    .join(" OR ");

/** To a cheaper class once the three months are over in which they are asked for most, and away at the end (SC-12). */
function ageing(retentionDays: number): Rule[] {
    const colder: Rule = {
        action: { type: "SetStorageClass", storageClass: "COLDLINE" },
        condition: { age: days.archived, matchesStorageClasses: ["STANDARD"] },
    };
    const gone: Rule = { action: { type: "Delete" }, condition: { age: retentionDays } };
    return [...(retentionDays > days.archived ? [colder] : []), gone, ...tidying];
}

/** Who did what in a project, in a bucket that only the sink writes to (SC-12, CL-19). */
export class GcpAudit extends pulumi.ComponentResource {
    /** Resolves when the sink may write there. */
    public readonly records: ObjectStore;

    constructor(name: string, args: GcpAuditArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:audit:GcpAudit", name, {}, opts);
        const { config } = args;
        const child = { parent: this };
        for (const [service, logTypes] of Object.entries(dataAccess)) {
            new projects.IAMAuditConfig(
                `${name}-${service.split(".")[0] ?? ""}`,
                { project: config.account, service, auditLogConfigs: logTypes.map((logType) => ({ logType })) },
                child,
            );
        }
        const { recorder } = args.storage;
        const bucket = gcpBucket(
            name,
            {
                config,
                agent: new GcpAgents(`${name}-agents`, { config }, child).storage,
                purpose: "audit",
                more: {
                    lifecycleRules: ageing(config.audit.retentionDays),
                    // Who read the records themselves (D1).
                    ...(recorder === undefined
                        ? {}
                        : { logging: { logBucket: recorder, logObjectPrefix: "access/audit" } }),
                },
            },
            child,
        );
        const sink = new logging.ProjectSink(
            name,
            {
                project: config.account,
                // Fixed, and by stack: the name shows in the log router, beside those of others.
                name: `${config.stack}-audit`,
                destination: pulumi.interpolate`storage.googleapis.com/${bucket.name}`,
                filter,
                // An account for this project's sinks: the older shared one writes for every customer of Google's.
                uniqueWriterIdentity: true,
            },
            child,
        );
        const writer = new storage.BucketIAMMember(
            `${name}-writer`,
            // Adds objects and does nothing else: it can neither read, nor overwrite, nor delete (D3, SC-12).
            { bucket: bucket.name, role: "roles/storage.objectCreator", member: sink.writerIdentity },
            child,
        );
        const { name: bucketName, url, key } = store(bucket);
        this.records = { name: bucketName, url: after(url, [writer]), key };
        this.registerOutputs({ records: this.records.url });
    }
}
