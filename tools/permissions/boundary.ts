import { secretPrefix } from "../../components/addons/permissions";
import { s3Name } from "../../components/common/bucket-names";
import { iamPath } from "../../components/common/aws/roles";
import { s3Pattern } from "./buckets";
import { allow, type AwsScope, type PolicyDocument } from "./types";

/** What nodes, controllers and the control plane do in the stack's regions. EC2's and the load balancers' own policies restrict further. */
const regional = [
    ...["arc-zonal-shift:GetManagedResource"],
    ...["autoscaling:DescribeAutoScalingGroups", "autoscaling:UpdateAutoScalingGroup"],
    "ec2:*",
    ...["ecr:BatchGetImage", "ecr:BatchImportUpstreamImage", "ecr:GetAuthorizationToken", "ecr:GetDownloadUrlForLayer"],
    ...["eks:DescribeCluster", "eks-auth:AssumeRoleForPodIdentity", "elasticloadbalancing:*"],
    ...["logs:CreateLogStream", "logs:DescribeLogGroups", "logs:DescribeLogStreams", "logs:PutLogEvents"],
    ...["sqs:DeleteMessage", "sqs:GetQueueUrl", "sqs:ReceiveMessage"],
];

/** Enhanced Monitoring of RDS writes a log group of its own, beyond what the flow logs' role does. */
const monitoring = ["logs:CreateLogGroup", "logs:GetLogEvents", "logs:PutRetentionPolicy"];

const objects = [
    ...["s3:GetObject", "s3:GetObjectLegalHold", "s3:GetObjectRetention", "s3:GetObjectVersionAcl"],
    ...["s3:GetObjectVersionForReplication", "s3:GetObjectVersionTagging", "s3:ListBucket", "s3:PutObject"],
    ...["s3:GetReplicationConfiguration", "s3:ReplicateDelete", "s3:ReplicateObject", "s3:ReplicateTags"],
];

/** What the databases need besides, to write backups and to delete those that are past their retention (BK-03). */
const backups = ["s3:AbortMultipartUpload", "s3:DeleteObject", "s3:GetBucketLocation", "s3:ListMultipartUploadParts"];

/** What the databases of a replica need in its primary's bucket (BK-04). */
const reading = ["s3:GetBucketLocation", "s3:GetObject", "s3:ListBucket"];

/** Also what the keys' own policies grant: a boundary limits that too, for volumes of the driver and of Karpenter's nodes. */
const encryption = [
    ...["kms:CreateGrant", "kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey", "kms:GenerateDataKeyWithoutPlaintext"],
    ...["kms:ReEncryptFrom", "kms:ReEncryptTo"],
];

/**
 * The permissions boundary of a stack's roles: the most that any of them may do, whatever policies the deployer adds. It
 * grants nothing alone. No permission to change IAM, and data of this stack only: its buckets, a replica's primary's backups, and its secrets.
 */
export function boundaryPolicy({
    stack,
    account,
    regions,
    readBuckets,
    rds = false,
}: Pick<AwsScope, "account" | "rds" | "readBuckets" | "regions" | "stack">): PolicyDocument {
    const iam = `arn:aws:iam::${account}`;
    const buckets = s3Pattern(stack, account);
    const backup = `arn:aws:s3:::${s3Name(account, "*", stack, "backup")}`;
    return {
        Version: "2012-10-17",
        Statement: [
            ...allow([...regional, ...(rds ? monitoring : [])], "*", {
                StringEquals: { "aws:RequestedRegion": regions },
            }),
            ...allow(objects, [buckets, `${buckets}/*`]),
            ...allow(backups, [backup, `${backup}/*`]),
            ...allow(
                readBuckets.length === 0 ? [] : reading,
                readBuckets.flatMap((bucket) => [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`]),
            ),
            ...allow(encryption, `arn:aws:kms:*:${account}:key/*`, {
                // Of objects and volumes only: other data may be encrypted with keys of the same account.
                StringEquals: {
                    "kms:ViaService": regions.flatMap((region) => [
                        `ec2.${region}.amazonaws.com`,
                        `s3.${region}.amazonaws.com`,
                    ]),
                },
            }),
            ...allow(["kms:DescribeKey"], `arn:aws:kms:*:${account}:key/*`),
            ...allow(
                ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"],
                `arn:aws:secretsmanager:*:${account}:secret:${secretPrefix(stack)}*`,
            ),
            // Amazon's public parameters, such as the names of node images.
            ...allow(["ssm:GetParameter"], "arn:aws:ssm:*::parameter/aws/service/*"),
            // Global services, whose requests are made in one region.
            ...allow(["pricing:GetProducts", "route53:ChangeResourceRecordSets", "route53:Get*", "route53:List*"], "*"),
            ...allow(["iam:PassRole"], `${iam}:role${iamPath(stack)}*`, {
                StringEquals: { "iam:PassedToService": "ec2.amazonaws.com" },
            }),
            ...allow(["iam:GetInstanceProfile", "iam:ListInstanceProfiles"], "*"),
            ...allow(["iam:CreateServiceLinkedRole"], `${iam}:role/aws-service-role/*`, {
                StringEquals: { "iam:AWSServiceName": "elasticloadbalancing.amazonaws.com" },
            }),
        ],
    };
}
