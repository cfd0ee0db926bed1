import { awsManagedCaches } from "./managed-caches";
import { awsManagedSearch } from "./managed-search";
import type { Table } from "./types";

const bucket = (setting: string, ...more: string[]) => [`s3:Get${setting}`, `s3:Put${setting}`, ...more];

/**
 * IAM actions that deploying needs in an AWS account, by resource type: the calls of the provider to create, read, update,
 * tag and delete it.
 */
export const awsPermissions: Table = {
    ...awsManagedCaches,
    ...awsManagedSearch,
    "aws:cloudtrail/trail:Trail": [
        ...["cloudtrail:CreateTrail", "cloudtrail:UpdateTrail", "cloudtrail:DeleteTrail", "cloudtrail:DescribeTrails"],
        ...["cloudtrail:GetTrail", "cloudtrail:GetTrailStatus", "cloudtrail:StartLogging", "cloudtrail:StopLogging"],
        ...["cloudtrail:PutEventSelectors", "cloudtrail:GetEventSelectors", "cloudtrail:GetInsightSelectors"],
        ...["cloudtrail:AddTags", "cloudtrail:RemoveTags", "cloudtrail:ListTags"],
    ],
    "aws:cloudwatch/eventRule:EventRule": [
        ...["events:PutRule", "events:DescribeRule", "events:DeleteRule"],
        ...["events:TagResource", "events:UntagResource", "events:ListTagsForResource"],
    ],
    "aws:cloudwatch/eventTarget:EventTarget": [
        ...["events:PutTargets", "events:RemoveTargets", "events:ListTargetsByRule"],
    ],
    "aws:cloudwatch/logGroup:LogGroup": [
        ...["logs:CreateLogGroup", "logs:DeleteLogGroup", "logs:DescribeLogGroups", "logs:PutRetentionPolicy"],
        ...["logs:DeleteRetentionPolicy", "logs:AssociateKmsKey", "logs:DisassociateKmsKey"],
        ...["logs:TagResource", "logs:UntagResource", "logs:ListTagsForResource"],
    ],
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": [
        ...["ec2:DescribeSecurityGroups", "ec2:DescribeSecurityGroupRules", "ec2:CreateTags", "ec2:DeleteTags"],
        ...["ec2:RevokeSecurityGroupIngress", "ec2:RevokeSecurityGroupEgress"],
    ],
    "aws:ec2/eip:Eip": [
        ...["ec2:AllocateAddress", "ec2:ReleaseAddress", "ec2:DescribeAddresses", "ec2:DescribeAddressesAttribute"],
        ...["ec2:DisassociateAddress", "ec2:CreateTags", "ec2:DeleteTags"],
    ],
    "aws:ec2/flowLog:FlowLog": [
        ...["ec2:CreateFlowLogs", "ec2:DeleteFlowLogs", "ec2:DescribeFlowLogs", "ec2:CreateTags", "ec2:DeleteTags"],
        ...["logs:CreateLogDelivery", "logs:DeleteLogDelivery", "iam:PassRole"],
    ],
    "aws:ec2/internetGateway:InternetGateway": [
        ...["ec2:CreateInternetGateway", "ec2:DeleteInternetGateway", "ec2:DescribeInternetGateways"],
        ...["ec2:AttachInternetGateway", "ec2:DetachInternetGateway", "ec2:CreateTags", "ec2:DeleteTags"],
    ],
    "aws:ec2/launchTemplate:LaunchTemplate": [
        ...["ec2:CreateLaunchTemplate", "ec2:CreateLaunchTemplateVersion", "ec2:ModifyLaunchTemplate"],
        ...["ec2:DeleteLaunchTemplate", "ec2:DescribeLaunchTemplates", "ec2:DescribeLaunchTemplateVersions"],
        ...["ec2:CreateTags", "ec2:DeleteTags", "ec2:RunInstances"],
    ],
    "aws:ec2/natGateway:NatGateway": [
        ...["ec2:CreateNatGateway", "ec2:DeleteNatGateway", "ec2:DescribeNatGateways"],
        ...["ec2:DescribeNetworkInterfaces", "ec2:CreateTags", "ec2:DeleteTags"],
    ],
    "aws:ec2/route:Route": ["ec2:CreateRoute", "ec2:ReplaceRoute", "ec2:DeleteRoute", "ec2:DescribeRouteTables"],
    "aws:ec2/routeTable:RouteTable": [
        ...["ec2:CreateRouteTable", "ec2:DeleteRouteTable", "ec2:DescribeRouteTables", "ec2:CreateTags"],
        ...["ec2:DeleteTags", "ec2:DisassociateRouteTable"],
    ],
    "aws:ec2/routeTableAssociation:RouteTableAssociation": [
        ...["ec2:AssociateRouteTable", "ec2:DisassociateRouteTable", "ec2:ReplaceRouteTableAssociation"],
        "ec2:DescribeRouteTables",
    ],
    "aws:ec2/securityGroup:SecurityGroup": [
        ...["ec2:CreateSecurityGroup", "ec2:DeleteSecurityGroup", "ec2:DescribeSecurityGroups"],
        ...["ec2:AuthorizeSecurityGroupIngress", "ec2:AuthorizeSecurityGroupEgress"],
        ...["ec2:RevokeSecurityGroupIngress", "ec2:RevokeSecurityGroupEgress"],
        ...["ec2:DescribeNetworkInterfaces", "ec2:CreateTags", "ec2:DeleteTags"],
    ],
    "aws:ec2/subnet:Subnet": [
        ...["ec2:CreateSubnet", "ec2:DeleteSubnet", "ec2:DescribeSubnets", "ec2:ModifySubnetAttribute"],
        ...["ec2:DescribeNetworkInterfaces", "ec2:CreateTags", "ec2:DeleteTags"],
    ],
    "aws:ec2/vpc:Vpc": [
        ...["ec2:CreateVpc", "ec2:DeleteVpc", "ec2:DescribeVpcs", "ec2:ModifyVpcAttribute", "ec2:DescribeVpcAttribute"],
        ...["ec2:DescribeNetworkAcls", "ec2:DescribeRouteTables", "ec2:DescribeSecurityGroups"],
        ...["ec2:CreateTags", "ec2:DeleteTags"],
    ],
    "aws:ec2/vpcEndpoint:VpcEndpoint": [
        ...["ec2:CreateVpcEndpoint", "ec2:ModifyVpcEndpoint", "ec2:DeleteVpcEndpoints", "ec2:DescribeVpcEndpoints"],
        ...["ec2:DescribePrefixLists", "ec2:CreateTags", "ec2:DeleteTags"],
        // For the private DNS names of interface endpoints: a dependent action of ec2:CreateVpcEndpoint.
        // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html
        "route53:AssociateVPCWithHostedZone",
    ],
    "aws:ec2transitgateway/vpcAttachment:VpcAttachment": [
        ...["ec2:CreateTransitGatewayVpcAttachment", "ec2:ModifyTransitGatewayVpcAttachment"],
        ...["ec2:DeleteTransitGatewayVpcAttachment", "ec2:DescribeTransitGatewayVpcAttachments"],
        ...["ec2:DescribeTransitGateways", "ec2:CreateTags", "ec2:DeleteTags"],
    ],
    "aws:eks/accessEntry:AccessEntry": [
        ...["eks:CreateAccessEntry", "eks:UpdateAccessEntry", "eks:DeleteAccessEntry", "eks:DescribeAccessEntry"],
        ...["eks:TagResource", "eks:UntagResource"],
    ],
    "aws:eks/accessPolicyAssociation:AccessPolicyAssociation": [
        ...["eks:AssociateAccessPolicy", "eks:DisassociateAccessPolicy", "eks:ListAssociatedAccessPolicies"],
    ],
    "aws:eks/addon:Addon": [
        ...["eks:CreateAddon", "eks:UpdateAddon", "eks:DeleteAddon", "eks:DescribeAddon", "eks:DescribeAddonVersions"],
        ...["eks:CreatePodIdentityAssociation", "eks:UpdatePodIdentityAssociation", "eks:DeletePodIdentityAssociation"],
        ...["eks:DescribePodIdentityAssociation", "eks:TagResource", "eks:UntagResource", "iam:PassRole"],
    ],
    "aws:eks/cluster:Cluster": [
        ...["eks:CreateCluster", "eks:DeleteCluster", "eks:DescribeCluster", "eks:UpdateClusterConfig"],
        ...["eks:UpdateClusterVersion", "eks:DescribeUpdate", "eks:TagResource", "eks:UntagResource"],
        ...["iam:PassRole", "iam:CreateServiceLinkedRole", "kms:CreateGrant", "kms:DescribeKey"],
        ...["ec2:DescribeSubnets", "ec2:DescribeVpcs", "ec2:DescribeSecurityGroups"],
    ],
    "aws:eks/nodeGroup:NodeGroup": [
        ...["eks:CreateNodegroup", "eks:DeleteNodegroup", "eks:DescribeNodegroup", "eks:UpdateNodegroupConfig"],
        ...["eks:UpdateNodegroupVersion", "eks:DescribeUpdate", "eks:TagResource", "eks:UntagResource"],
        ...["iam:PassRole", "iam:CreateServiceLinkedRole", "iam:GetRole", "ec2:DescribeLaunchTemplateVersions"],
        ...["ec2:DescribeSubnets", "ec2:RunInstances", "ec2:CreateTags"],
    ],
    "aws:eks/podIdentityAssociation:PodIdentityAssociation": [
        ...["eks:CreatePodIdentityAssociation", "eks:UpdatePodIdentityAssociation", "eks:DeletePodIdentityAssociation"],
        ...[
            "eks:DescribePodIdentityAssociation",
            "eks:TagResource",
            "eks:UntagResource",
            "iam:PassRole",
            "iam:GetRole",
        ],
    ],
    "aws:guardduty/detector:Detector": [
        ...["guardduty:CreateDetector", "guardduty:UpdateDetector", "guardduty:DeleteDetector"],
        ...["guardduty:GetDetector", "guardduty:ListDetectors", "guardduty:TagResource", "guardduty:UntagResource"],
        ...["guardduty:ListTagsForResource", "iam:CreateServiceLinkedRole"],
    ],
    "aws:guardduty/detectorFeature:DetectorFeature": ["guardduty:UpdateDetector", "guardduty:GetDetector"],
    "aws:iam/instanceProfile:InstanceProfile": [
        ...["iam:CreateInstanceProfile", "iam:DeleteInstanceProfile", "iam:GetInstanceProfile"],
        ...["iam:AddRoleToInstanceProfile", "iam:RemoveRoleFromInstanceProfile", "iam:PassRole"],
        ...["iam:TagInstanceProfile", "iam:UntagInstanceProfile"],
    ],
    "aws:iam/role:Role": [
        ...["iam:CreateRole", "iam:DeleteRole", "iam:GetRole", "iam:UpdateRole", "iam:UpdateAssumeRolePolicy"],
        ...["iam:ListRolePolicies", "iam:ListAttachedRolePolicies", "iam:ListInstanceProfilesForRole"],
        ...["iam:TagRole", "iam:UntagRole", "iam:ListRoleTags", "iam:UpdateRoleDescription"],
    ],
    "aws:iam/rolePolicy:RolePolicy": ["iam:PutRolePolicy", "iam:GetRolePolicy", "iam:DeleteRolePolicy"],
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": [
        ...["iam:AttachRolePolicy", "iam:DetachRolePolicy", "iam:ListAttachedRolePolicies"],
    ],
    "aws:kms/key:Key": [
        ...["kms:CreateKey", "kms:DescribeKey", "kms:GetKeyPolicy", "kms:PutKeyPolicy", "kms:EnableKeyRotation"],
        ...["kms:GetKeyRotationStatus", "kms:UpdateKeyDescription", "kms:ScheduleKeyDeletion"],
        ...["kms:TagResource", "kms:UntagResource", "kms:ListResourceTags"],
    ],
    // The key's grant for RDS, the monitoring role, and RDS' service-linked role in an account without instances.
    // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonrds.html
    "aws:rds/instance:Instance": [
        ...["rds:CreateDBInstance", "rds:CreateDBInstanceReadReplica", "rds:ModifyDBInstance", "rds:RebootDBInstance"],
        ...["rds:DeleteDBInstance", "rds:DescribeDBInstances", "rds:CreateDBSnapshot"],
        ...["rds:AddTagsToResource", "rds:RemoveTagsFromResource", "rds:ListTagsForResource"],
        ...["iam:PassRole", "iam:CreateServiceLinkedRole", "kms:CreateGrant", "kms:DescribeKey"],
        ...["ec2:DescribeSecurityGroups", "ec2:DescribeSubnets", "ec2:DescribeVpcs"],
    ],
    "aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication": [
        ...["rds:StartDBInstanceAutomatedBackupsReplication", "rds:StopDBInstanceAutomatedBackupsReplication"],
        ...["rds:DescribeDBInstanceAutomatedBackups", "rds:DescribeDBInstances", "kms:CreateGrant", "kms:DescribeKey"],
    ],
    "aws:rds/parameterGroup:ParameterGroup": [
        ...["rds:CreateDBParameterGroup", "rds:ModifyDBParameterGroup", "rds:ResetDBParameterGroup"],
        ...["rds:DeleteDBParameterGroup", "rds:DescribeDBParameterGroups", "rds:DescribeDBParameters"],
        ...["rds:AddTagsToResource", "rds:RemoveTagsFromResource", "rds:ListTagsForResource"],
    ],
    "aws:rds/subnetGroup:SubnetGroup": [
        ...["rds:CreateDBSubnetGroup", "rds:ModifyDBSubnetGroup", "rds:DeleteDBSubnetGroup"],
        ...["rds:DescribeDBSubnetGroups", "ec2:DescribeSubnets", "ec2:DescribeVpcs"],
        ...["rds:AddTagsToResource", "rds:RemoveTagsFromResource", "rds:ListTagsForResource"],
    ],
    "aws:s3/bucket:Bucket": [
        ...["s3:CreateBucket", "s3:DeleteBucket", "s3:ListBucket", "s3:GetBucketLocation"],
        ...["s3:GetBucketTagging", "s3:PutBucketTagging", "s3:GetBucketAcl", "s3:GetBucketCORS"],
        ...["s3:GetBucketWebsite", "s3:GetAccelerateConfiguration", "s3:GetBucketRequestPayment"],
        // Tags are sent at creation since version 6.23 of the provider below Pulumi's, and read by the same API:
        // https://github.com/hashicorp/terraform-provider-aws/issues/46202, https://github.com/pulumi/pulumi-aws/issues/6317
        ...["s3:TagResource", "s3:UntagResource", "s3:ListTagsForResource"],
    ],
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": bucket("LifecycleConfiguration"),
    "aws:s3/bucketLogging:BucketLogging": bucket("BucketLogging"),
    "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration": bucket("BucketObjectLockConfiguration"),
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls": bucket("BucketOwnershipControls"),
    "aws:s3/bucketPolicy:BucketPolicy": bucket("BucketPolicy", "s3:DeleteBucketPolicy"),
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": bucket("BucketPublicAccessBlock"),
    "aws:s3/bucketReplicationConfig:BucketReplicationConfig": bucket("ReplicationConfiguration", "iam:PassRole"),
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration":
        bucket("EncryptionConfiguration"),
    "aws:s3/bucketVersioning:BucketVersioning": bucket("BucketVersioning"),
    "aws:sqs/queue:Queue": [
        ...[
            "sqs:CreateQueue",
            "sqs:DeleteQueue",
            "sqs:GetQueueAttributes",
            "sqs:SetQueueAttributes",
            "sqs:GetQueueUrl",
        ],
        ...["sqs:TagQueue", "sqs:UntagQueue", "sqs:ListQueueTags"],
    ],
    "aws:sqs/queuePolicy:QueuePolicy": ["sqs:GetQueueAttributes", "sqs:SetQueueAttributes"],
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": [
        ...["ec2:AuthorizeSecurityGroupIngress", "ec2:ModifySecurityGroupRules", "ec2:RevokeSecurityGroupIngress"],
        ...["ec2:DescribeSecurityGroupRules", "ec2:CreateTags", "ec2:DeleteTags"],
    ],
    // AssumeRole on the cluster's admin role, for Kubernetes objects; GetCallerIdentity for the account check.
    "pulumi:providers:aws": ["sts:AssumeRole", "sts:GetCallerIdentity"],
};

/** Further actions for buckets with `forceDestroy`, which the provider empties before it deletes them. */
export const awsEmptying = {
    bucket: "s3:ListBucketVersions",
    objects: ["s3:DeleteObject", "s3:DeleteObjectVersion"],
    // The provider asks for it as soon as a bucket has Object Lock, even where no object is locked.
    locked: ["s3:BypassGovernanceRetention"],
} as const;
