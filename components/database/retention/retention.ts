import { readFileSync } from "node:fs";
import { join } from "node:path";

import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { homePool } from "../../../config/profiles";
import type { Cloud } from "../../../config/schema";
import type { Cluster } from "../../cluster/types";
import { labels } from "../../common/labels";
import { poolPlacement } from "../../common/scheduling";
import { ScheduledJob } from "../../common/scheduled-job";
import { containerSecurityContext, podSecurityContext } from "../../common/security-context";
import { variables } from "../../common/variables";
import { cloudIdentity } from "../../identity";
import type { ObjectStore } from "../../storage/types";
import { databaseImage } from "../images";
import type { LayerConfig } from "../layer-config";
import { clusterName } from "../names";
import { backupPermissions } from "../permissions";
import { type RetentionJob, retentionNames, retentionResources } from "./names";

/** Barman's names of the clouds' object storage. */
const providers: Readonly<Record<Cloud, string>> = { gcp: "google-cloud-storage", aws: "aws-s3", existing: "none" };

/** Arguments of {@link Retention}. */
export interface RetentionArgs {
    readonly config: LayerConfig;
    readonly cluster: Cluster;
    /** Resolves when quota and network policies exist. */
    readonly namespace: pulumi.Input<string>;
    readonly bucket: ObjectStore;
    /** The Cluster. */
    readonly needs: readonly pulumi.Resource[];
}

/** A pod that runs one of the folder's programs with CloudNativePG's own image, which has Barman Cloud and Python. */
function podOf(
    job: RetentionJob,
    { images, profile, dedicatedPools }: LayerConfig,
    env: Readonly<Record<string, pulumi.Input<string>>>,
): k8s.types.input.core.v1.PodSpec {
    const size = { "ephemeral-storage": "64Mi" };
    return {
        securityContext: podSecurityContext(),
        ...poolPlacement(retentionNames[job], homePool(profile, { namespace: "data" }), dedicatedPools),
        containers: [
            {
                name: job,
                image: databaseImage("postgresql", images),
                imagePullPolicy: "Always",
                command: ["python3", "-c", readFileSync(join(__dirname, `${job}.py`), "utf8")],
                env: variables(env),
                resources: {
                    requests: { ...retentionResources.requests, ...size },
                    limits: { ...retentionResources.limits, ...size },
                },
                securityContext: containerSecurityContext(),
            },
        ],
    };
}

/** What the operator's retention does not cover: monthly backups that stay, and snapshots that do not (X19, ST-04). */
export class Retention extends pulumi.ComponentResource {
    constructor(name: string, args: RetentionArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:database:Retention", name, {}, opts);
        const { config, cluster, namespace, bucket, needs } = args;
        const { backup } = config.database;
        const { monthly, snapshots } = retentionNames;
        const child = { parent: this };
        const identity = cloudIdentity(
            `${name}-${monthly}`,
            {
                config,
                cluster,
                namespace: "data",
                serviceAccount: monthly,
                permissions: backupPermissions(bucket, "write", config),
            },
            child,
        );
        new ScheduledJob(
            `${name}-monthly`,
            {
                jobName: monthly,
                namespace,
                component: "database",
                // Every day, so that a day that fails is made up for on the next: after the full backup of 02:00.
                schedule: "0 5 * * *",
                accountAnnotations: identity.accountAnnotations,
                pod: podOf("monthly", config, {
                    PROVIDER: providers[config.cloud],
                    DESTINATION: pulumi.interpolate`${bucket.url}/postgres`,
                    SERVER: clusterName,
                    MONTHS: String(backup.monthlyCopies),
                }),
                needs: [...needs, ...identity.granted],
            },
            child,
        );
        const binding = this.permitDeletion(name, namespace);
        new ScheduledJob(
            `${name}-snapshots`,
            {
                jobName: snapshots,
                namespace,
                component: "database",
                schedule: "30 5 * * *",
                // Backups are objects of the Kubernetes API.
                token: true,
                pod: podOf("snapshots", config, {
                    NAMESPACE: "data",
                    CLUSTER: clusterName,
                    KEEP_DAYS: String(backup.retentionDays),
                }),
                needs: [...needs, binding],
            },
            child,
        );
        this.registerOutputs({});
    }

    /** Deleting a Backup deletes its snapshots by their owner reference: the job needs no right to them. */
    private permitDeletion(name: string, namespace: pulumi.Input<string>): pulumi.Resource {
        const { snapshots } = retentionNames;
        const metadata = { name: snapshots, namespace, labels: labels(snapshots, "database") };
        const child = { parent: this };
        const role = new k8s.rbac.v1.Role(
            `${name}-role`,
            {
                metadata,
                rules: [{ apiGroups: ["postgresql.cnpg.io"], resources: ["backups"], verbs: ["delete", "list"] }],
            },
            child,
        );
        return new k8s.rbac.v1.RoleBinding(
            `${name}-binding`,
            {
                metadata,
                roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: role.metadata.name },
                subjects: [{ kind: "ServiceAccount", name: snapshots, namespace }],
            },
            child,
        );
    }
}
