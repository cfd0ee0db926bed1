import assert from "node:assert/strict";

import type { PolicyDocument } from "../../../tools/permissions/documents";
import { run } from "./run";

/** Actions by service: what the deployer of production may do on AWS. */
const production = {
    cloudtrail: `
        AddTags CreateTrail DeleteTrail DescribeTrails GetEventSelectors GetInsightSelectors GetTrail
        GetTrailStatus ListTags PutEventSelectors RemoveTags StartLogging StopLogging UpdateTrail`,
    ec2: `
        AllocateAddress AssociateRouteTable AttachInternetGateway AuthorizeSecurityGroupEgress
        AuthorizeSecurityGroupIngress CreateFlowLogs CreateInternetGateway CreateLaunchTemplate
        CreateLaunchTemplateVersion CreateNatGateway CreateRoute CreateRouteTable CreateSecurityGroup
        CreateSubnet CreateTags CreateVpc CreateVpcEndpoint DeleteFlowLogs DeleteInternetGateway
        DeleteLaunchTemplate DeleteNatGateway DeleteRoute DeleteRouteTable DeleteSecurityGroup DeleteSubnet
        DeleteTags DeleteVpc DeleteVpcEndpoints DescribeAddresses DescribeAddressesAttribute
        DescribeFlowLogs DescribeInternetGateways DescribeLaunchTemplateVersions DescribeLaunchTemplates
        DescribeNatGateways DescribeNetworkAcls DescribeNetworkInterfaces DescribePrefixLists
        DescribeRouteTables DescribeSecurityGroupRules DescribeSecurityGroups DescribeSubnets
        DescribeVpcAttribute DescribeVpcEndpoints DescribeVpcs DetachInternetGateway DisassociateAddress
        DisassociateRouteTable ModifyLaunchTemplate ModifySecurityGroupRules ModifySubnetAttribute
        ModifyVpcAttribute ModifyVpcEndpoint ReleaseAddress ReplaceRoute ReplaceRouteTableAssociation
        RevokeSecurityGroupEgress RevokeSecurityGroupIngress RunInstances`,
    eks: `
        AssociateAccessPolicy CreateAccessEntry CreateAddon CreateCluster CreateNodegroup
        CreatePodIdentityAssociation DeleteAccessEntry DeleteAddon DeleteCluster DeleteNodegroup
        DeletePodIdentityAssociation DescribeAccessEntry DescribeAddon DescribeAddonVersions DescribeCluster
        DescribeNodegroup DescribePodIdentityAssociation DescribeUpdate DisassociateAccessPolicy
        ListAssociatedAccessPolicies TagResource UntagResource UpdateAccessEntry UpdateAddon
        UpdateClusterConfig UpdateClusterVersion UpdateNodegroupConfig UpdateNodegroupVersion
        UpdatePodIdentityAssociation`,
    events: `
        DeleteRule DescribeRule ListTagsForResource ListTargetsByRule PutRule PutTargets RemoveTargets
        TagResource UntagResource`,
    guardduty: `
        CreateDetector DeleteDetector GetDetector ListDetectors ListTagsForResource TagResource
        UntagResource UpdateDetector`,
    iam: `
        AddRoleToInstanceProfile AttachRolePolicy CreateInstanceProfile CreateRole CreateServiceLinkedRole
        DeleteInstanceProfile DeleteRole DeleteRolePolicy DetachRolePolicy GetInstanceProfile GetRole
        GetRolePolicy ListAttachedRolePolicies ListInstanceProfilesForRole ListRolePolicies ListRoleTags
        PassRole PutRolePolicy RemoveRoleFromInstanceProfile TagInstanceProfile TagRole UntagInstanceProfile
        UntagRole UpdateAssumeRolePolicy UpdateRole UpdateRoleDescription`,
    kms: `
        CreateGrant CreateKey DescribeKey EnableKeyRotation GetKeyPolicy GetKeyRotationStatus
        ListResourceTags PutKeyPolicy ScheduleKeyDeletion TagResource UntagResource UpdateKeyDescription`,
    logs: `
        AssociateKmsKey CreateLogDelivery CreateLogGroup DeleteLogDelivery DeleteLogGroup
        DeleteRetentionPolicy DescribeLogGroups DisassociateKmsKey ListTagsForResource PutRetentionPolicy
        TagResource UntagResource`,
    s3: `
        BypassGovernanceRetention CreateBucket DeleteBucket DeleteBucketPolicy DeleteObject
        DeleteObjectVersion GetAccelerateConfiguration GetBucketAcl GetBucketCORS GetBucketLocation
        GetBucketLogging GetBucketObjectLockConfiguration GetBucketOwnershipControls GetBucketPolicy
        GetBucketPublicAccessBlock GetBucketRequestPayment GetBucketTagging GetBucketVersioning
        GetBucketWebsite GetEncryptionConfiguration GetLifecycleConfiguration GetReplicationConfiguration
        ListBucket ListBucketVersions PutBucketLogging PutBucketObjectLockConfiguration
        PutBucketOwnershipControls PutBucketPolicy PutBucketPublicAccessBlock PutBucketTagging
        PutBucketVersioning PutEncryptionConfiguration PutLifecycleConfiguration PutReplicationConfiguration`,
    sqs: `
        CreateQueue DeleteQueue GetQueueAttributes GetQueueUrl ListQueueTags SetQueueAttributes TagQueue
        UntagQueue`,
    sts: `
        AssumeRole GetCallerIdentity`,
} as const;
type Service = keyof typeof production;

const words = (text: string): string[] => text.trim().split(/\s+/);

const passedTo = ["eks", "ec2", "pods.eks", "vpc-flow-logs", "s3"];
const linked = ["eks", "eks-nodegroup", "spot", "guardduty"];
const services = (names: readonly string[]) => names.map((name) => `${name}.amazonaws.com`);

/** Actions that other stacks do not need, by service. */
const locks = ["GetBucketObjectLockConfiguration", "PutBucketObjectLockConfiguration"];
const replication = ["GetReplicationConfiguration", "PutReplicationConfiguration"];
const unneeded: Readonly<Record<string, Readonly<Partial<Record<Service, readonly string[]>>>>> = {
    dev: {
        ec2: ["ModifySecurityGroupRules"],
        guardduty: words(production.guardduty),
        s3: [...locks, ...replication],
    },
    staging: { s3: locks },
    prod: {},
    "prod-dr": { cloudtrail: words(production.cloudtrail), s3: words(production.s3) },
};

interface Site {
    readonly account: string;
    readonly regions: readonly string[];
}

const sites: Readonly<Record<string, Site>> = {
    dev: { account: "111111111111", regions: ["us-east-1"] },
    staging: { account: "222222222222", regions: ["us-east-1", "us-west-2"] },
    prod: { account: "333333333333", regions: ["us-east-1", "us-west-2"] },
    "prod-dr": { account: "333333333333", regions: ["us-west-2"] },
};

/** The statements of a stack by policy: each service in its regions, or on its own resources. */
function expected(stack: string, { account, regions }: Site): Record<string, PolicyDocument> {
    const inRegions = { StringEquals: { "aws:RequestedRegion": regions } };
    const iam = `arn:aws:iam::${account}`;
    const buckets = `arn:aws:s3:::shop-*-${stack}-${account}-*`;
    const allow = (
        service: Service,
        Resource: string | readonly string[] = "*",
        Condition: object | undefined = inRegions,
        of: (action: string) => boolean = () => true,
    ): PolicyDocument["Statement"] => {
        const without = unneeded[stack]?.[service] ?? [];
        const actions = words(production[service]).filter((action) => of(action) && !without.includes(action));
        const Action = actions.map((action) => `${service}:${action}`);
        const statement = { Effect: "Allow" as const, Action, Resource };
        return Action.length === 0 ? [] : [Condition === none ? statement : { ...statement, Condition }];
    };
    const none = {};
    const special = ["PassRole", "CreateServiceLinkedRole"];
    const document = (...Statement: PolicyDocument["Statement"][]): PolicyDocument => ({
        Version: "2012-10-17",
        Statement: Statement.flat(),
    });
    return {
        [`ecommerce-${stack}-deploy-network`]: document(allow("ec2")),
        [`ecommerce-${stack}-deploy-cluster`]: document(
            allow("eks"),
            allow("iam", [`${iam}:role/*`, `${iam}:instance-profile/*`], none, (one) => !special.includes(one)),
            allow(
                "iam",
                `${iam}:role/*`,
                { StringEquals: { "iam:PassedToService": services(passedTo) } },
                (one) => one === "PassRole",
            ),
            allow(
                "iam",
                `${iam}:role/aws-service-role/*`,
                { StringEquals: { "iam:AWSServiceName": services(linked) } },
                (one) => one === "CreateServiceLinkedRole",
            ),
            allow("sts", `${iam}:role/ecommerce-eks-${stack}-admin`, none, (one) => one === "AssumeRole"),
            allow("sts", "*", none, (one) => one === "GetCallerIdentity"),
            allow("sqs"),
            allow("events"),
        ),
        [`ecommerce-${stack}-deploy-records`]: document(
            allow("s3", [buckets, `${buckets}/*`], none),
            allow("kms"),
            allow("logs"),
            allow("cloudtrail"),
            allow("guardduty"),
        ),
    };
}

describe("the deployer's policies on AWS", () => {
    for (const [stack, site] of Object.entries(sites)) {
        it(`have exactly these statements for ${stack}`, async () => {
            const { status, stdout } = await run(stack, "--cloud", "aws");
            assert.equal(status, 0);
            assert.deepEqual(JSON.parse(stdout), expected(stack, site));
        });
    }
});
