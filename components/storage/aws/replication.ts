import * as iam from "@pulumi/aws/iam";
import * as s3 from "@pulumi/aws/s3";
import * as pulumi from "@pulumi/pulumi";

import type { LayerConfig } from "../layer-config";
import { after } from "../../common/after";

/** One end of a replication. */
export interface ReplicationEnd {
    /** Resolves when its versioning is on. */
    readonly bucketName: pulumi.Input<string>;
    readonly arn: string;
    readonly key: pulumi.Input<string>;
}

/** What an {@link AwsReplication} is made from. */
export interface AwsReplicationArgs {
    readonly config: Pick<LayerConfig, "account" | "region" | "drRegion">;
    readonly source: ReplicationEnd;
    readonly target: ReplicationEnd;
}

/** Copies every backup to the other region within fifteen minutes, by a role that can do nothing else (BK-04, CL-18). */
export class AwsReplication extends pulumi.ComponentResource {
    /** Id of the source's configuration. */
    public readonly configurationId: pulumi.Output<string>;

    constructor(name: string, args: AwsReplicationArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:storage:AwsReplication", name, {}, opts);
        const { config, source, target } = args;
        const child = { parent: this };
        const role = new iam.Role(
            name,
            {
                assumeRolePolicy: JSON.stringify({
                    Version: "2012-10-17",
                    Statement: [
                        {
                            Effect: "Allow",
                            Principal: { Service: "s3.amazonaws.com" },
                            Action: "sts:AssumeRole",
                            // For this bucket of this account: S3 works for all the others too (E11).
                            Condition: {
                                StringEquals: { "aws:SourceAccount": config.account },
                                ArnEquals: { "aws:SourceArn": source.arn },
                            },
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
                        // What is thrown away here is thrown away there, and can be called back in both.
                        deleteMarkerReplication: { status: "Enabled" },
                        // Left alone S3 skips whatever a key of ours encrypts.
                        sourceSelectionCriteria: { sseKmsEncryptedObjects: { status: "Enabled" } },
                        destination: {
                            // By its name, which is known once it keeps versions.
                            bucket: pulumi.interpolate`arn:aws:s3:::${target.bucketName}`,
                            encryptionConfiguration: { replicaKmsKeyId: target.key },
                            // With a promise of time, and a metric that says when it is broken.
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
