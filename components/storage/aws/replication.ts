import * as iam from "@pulumi/aws/iam";
import * as s3 from "@pulumi/aws/s3";
import * as pulumi from "@pulumi/pulumi";

import type { LayerConfig } from "../layer-config";
import { after } from "../../common/after";
import { roleSettings } from "../../common/aws/roles";
import { kept } from "../../common/protection";

/** Source or target of a replication. */
export interface ReplicationEnd {
    /** Resolves when versioning is enabled. */
    readonly bucketName: pulumi.Input<string>;
    readonly arn: string;
    readonly key: pulumi.Input<string>;
}

/** Arguments of {@link AwsReplication}. */
export interface AwsReplicationArgs {
    readonly config: Pick<LayerConfig, "account" | "data" | "drRegion" | "permissionsBoundary" | "region" | "stack">;
    readonly source: ReplicationEnd;
    readonly target: ReplicationEnd;
}

/** Replicates backups to the disaster-recovery region within 15 minutes, by a role for this purpose only (BK-04, CL-18). */
export class AwsReplication extends pulumi.ComponentResource {
    /** Id of the source bucket's replication configuration. */
    public readonly configurationId: pulumi.Output<string>;

    constructor(name: string, args: AwsReplicationArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:storage:AwsReplication", name, {}, opts);
        const { config, source, target } = args;
        // A setting of the source bucket: the last backups are replicated after the stack is destroyed.
        const child = { parent: this, ...kept(config.data.keepOnDestroy) };
        const role = new iam.Role(
            name,
            {
                ...roleSettings(config),
                assumeRolePolicy: JSON.stringify({
                    Version: "2012-10-17",
                    Statement: [
                        {
                            Effect: "Allow",
                            Principal: { Service: "s3.amazonaws.com" },
                            Action: "sts:AssumeRole",
                            // No condition on aws:SourceArn or aws:SourceAccount: S3 does not document that replication sends
                            // them, and without them nothing would be replicated. Other accounts cannot use the role, because
                            // a replication configuration needs iam:PassRole, which does not apply to another account's roles:
                            // https://docs.aws.amazon.com/AmazonS3/latest/userguide/setting-repl-config-perm-overview.html
                        },
                    ],
                }),
            },
            child,
        );
        const policy = new iam.RolePolicy(
            name,
            {
                role: role.name,
                policy: pulumi.all([source.key, target.key]).apply(([fromKey, toKey]) =>
                    JSON.stringify({
                        Version: "2012-10-17",
                        Statement: permissions({ from: source.arn, fromKey, to: target.arn, toKey }, config),
                    }),
                ),
            },
            child,
        );
        const configuration = new s3.BucketReplicationConfig(
            name,
            {
                bucket: source.bucketName,
                role: after(role.arn, [policy]),
                rules: [
                    {
                        id: "backups",
                        status: "Enabled",
                        priority: 1,
                        filter: { prefix: "" },
                        // Deletions are replicated; deleted objects can be restored in both regions.
                        deleteMarkerReplication: { status: "Enabled" },
                        // By default S3 does not replicate objects with a customer-managed key.
                        sourceSelectionCriteria: { sseKmsEncryptedObjects: { status: "Enabled" } },
                        destination: {
                            // By name, which resolves when versioning is enabled.
                            bucket: pulumi.interpolate`arn:aws:s3:::${target.bucketName}`,
                            encryptionConfiguration: { replicaKmsKeyId: target.key },
                            // Replication Time Control: 15 minutes, with a metric and events for violations.
                            replicationTime: { status: "Enabled", time: { minutes: 15 } },
                            metrics: { status: "Enabled", eventThreshold: { minutes: 15 } },
                        },
                    },
                ],
            },
            child,
        );
        this.configurationId = configuration.id;
        this.registerOutputs({ configurationId: this.configurationId });
    }
}

interface Ends {
    readonly from: string;
    readonly fromKey: string;
    readonly to: string;
    readonly toKey: string;
}

function permissions({ from, fromKey, to, toKey }: Ends, config: AwsReplicationArgs["config"]): readonly object[] {
    const through = (region: string) => ({ StringEquals: { "kms:ViaService": `s3.${region}.amazonaws.com` } });
    return [
        { Effect: "Allow", Action: ["s3:GetReplicationConfiguration", "s3:ListBucket"], Resource: from },
        {
            Effect: "Allow",
            Action: [
                "s3:GetObjectLegalHold",
                "s3:GetObjectRetention",
                "s3:GetObjectVersionAcl",
                "s3:GetObjectVersionForReplication",
                "s3:GetObjectVersionTagging",
            ],
            Resource: `${from}/*`,
        },
        {
            Effect: "Allow",
            Action: ["s3:ReplicateDelete", "s3:ReplicateObject", "s3:ReplicateTags"],
            Resource: `${to}/*`,
        },
        { Effect: "Allow", Action: "kms:Decrypt", Resource: fromKey, Condition: through(config.region) },
        {
            Effect: "Allow",
            Action: ["kms:Encrypt", "kms:GenerateDataKey"],
            Resource: toKey,
            Condition: through(config.drRegion),
        },
    ];
}
