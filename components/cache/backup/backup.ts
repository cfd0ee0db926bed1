import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { Cluster } from "../../cluster/types";
import { InternalCertificate, type IssuerRef } from "../../common/certificate";
import { labels } from "../../common/labels";
import type { ObjectStore } from "../../common/object-store";
import { ScheduledJob } from "../../common/scheduled-job";
import { cloudIdentity } from "../../identity";
import { folderPermissions } from "../../identity/folder";
import { namespace } from "../instances";
import type { LayerConfig } from "../layer-config";
import { backupNames, backupScripts, folder } from "./names";
import { backupPod } from "./pod";

/** Arguments of {@link ValkeyBackup}. */
export interface ValkeyBackupArgs {
    readonly config: LayerConfig;
    readonly cluster: Cluster;
    /** Resolves when quota and network policies exist. */
    readonly namespace: pulumi.Input<string>;
    readonly bucket: ObjectStore;
    readonly issuer: IssuerRef;
    /** ConfigMap with the list of members. */
    readonly members: pulumi.Input<string>;
    /** Secrets of the two users. */
    readonly secrets: Readonly<Record<string, pulumi.Output<string>>>;
    /** The formed cluster. */
    readonly needs: readonly pulumi.Resource[];
}

/** Copies of sessions and carts in the bucket, and the way back, which is started by hand (BK-06). */
export class ValkeyBackup extends pulumi.ComponentResource {
    constructor(name: string, args: ValkeyBackupArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:cache:ValkeyBackup", name, {}, opts);
        const { config, cluster, bucket, issuer, members, secrets, needs } = args;
        const child = { parent: this };
        const scripts = new k8s.core.v1.ConfigMap(
            `${name}-scripts`,
            {
                metadata: {
                    name: backupNames.backup,
                    namespace: args.namespace,
                    labels: labels(backupNames.backup, "cache"),
                },
                data: { ...backupScripts },
            },
            child,
        ).metadata.name;
        const certificate = new InternalCertificate(
            `${name}-certificate`,
            {
                secretName: `${backupNames.backup}-certificate`,
                namespace: args.namespace,
                component: "cache",
                issuer,
                usage: "client",
                commonName: backupNames.backup,
            },
            child,
        ).secretName;
        const job = (kind: keyof typeof backupNames): void => {
            const jobName = backupNames[kind];
            const identity = cloudIdentity(
                `${name}-${kind}`,
                {
                    config,
                    cluster,
                    namespace,
                    serviceAccount: jobName,
                    permissions: folderPermissions(bucket, folder, kind === "backup" ? "write" : "read", config),
                },
                child,
            );
            const login = secrets[kind] ?? pulumi.output("");
            new ScheduledJob(
                `${name}-${kind}-job`,
                {
                    jobName,
                    namespace: args.namespace,
                    component: "cache",
                    schedule: config.cache.backup.schedule,
                    template: kind === "restore",
                    stopAfterSeconds: 3600,
                    accountAnnotations: identity.accountAnnotations,
                    pod: backupPod({ kind, config, url: bucket.url, members, scripts, login, certificate }),
                    needs: [...needs, ...identity.granted],
                },
                child,
            );
        };
        job("backup");
        job("restore");
        this.registerOutputs({});
    }
}
