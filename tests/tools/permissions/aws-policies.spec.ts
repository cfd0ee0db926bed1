import assert from "node:assert/strict";

import { unbounded } from "../../../tools/permissions/command";
import type { PolicyDocument } from "../../../tools/permissions/types";
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
    route53: `
        AssociateVPCWithHostedZone`,
    s3: `
        CreateBucket DeleteBucket DeleteBucketPolicy
        GetAccelerateConfiguration GetBucketAcl GetBucketCORS GetBucketLocation
        GetBucketLogging GetBucketObjectLockConfiguration GetBucketOwnershipControls GetBucketPolicy
        GetBucketPublicAccessBlock GetBucketRequestPayment GetBucketTagging GetBucketVersioning
        GetBucketWebsite GetEncryptionConfiguration GetLifecycleConfiguration GetReplicationConfiguration
        ListBucket ListTagsForResource PutBucketLogging PutBucketObjectLockConfiguration
        PutBucketOwnershipControls PutBucketPolicy PutBucketPublicAccessBlock PutBucketTagging
        PutBucketVersioning PutEncryptionConfiguration PutLifecycleConfiguration PutReplicationConfiguration
        TagResource UntagResource`,
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
    /** The buckets that may be emptied, as `purpose region`. */
    readonly emptied: readonly string[];
    readonly bounded: boolean;
}

const [east, west] = ["us-east-1", "us-west-2"] as const;

const sites: Readonly<Record<string, Site>> = {
    dev: {
        account: "111111111111",
        regions: [east],
        emptied: [`access ${east}`, `audit ${east}`, `backup ${east}`, `logs ${east}`],
        bounded: false,
    },
    staging: {
        account: "222222222222",
        regions: [east, west],
        emptied: [
            ...[`access ${east}`, `access ${west}`, `audit ${east}`],
            ...[`backup ${east}`, `backup ${west}`, `logs ${east}`],
        ],
        bounded: true,
    },
    prod: { account: "333333333333", regions: [east, west], emptied: [], bounded: true },
    "prod-dr": { account: "333333333333", regions: [west], emptied: [], bounded: true },
};

const managedPolicies = [
    ...["AmazonEC2ContainerRegistryPullOnly", "AmazonEKSClusterPolicy", "AmazonEKSWorkerNodePolicy"],
    ...["AmazonEKS_CNI_Policy", "service-role/AmazonEBSCSIDriverPolicy"],
].map((name) => `arn:aws:iam::aws:policy/${name}`);

type Statements = PolicyDocument["Statement"];

/** Statements on the roles of the stack's path. */
function iamStatements(stack: string, { account, bounded }: Site): Statements {
    const iam = `arn:aws:iam::${account}`;
    const roles = `${iam}:role/ecommerce/${stack}/*`;
    const linkedRoles = `${iam}:role/aws-service-role/*`;
    const boundary = { StringEquals: { "iam:PermissionsBoundary": `${iam}:policy/ecommerce-${stack}-boundary` } };
    const own = ["CreateRole", "PutRolePolicy", "AttachRolePolicy", "PassRole", "CreateServiceLinkedRole"];
    const Action = words(production.iam).filter((action) => !own.includes(action));
    const allow = (names: readonly string[], Resource: string | readonly string[], Condition?: object): Statements => {
        const statement = { Effect: "Allow" as const, Action: names.map((name) => `iam:${name}`), Resource };
        return [Condition === undefined ? statement : ({ ...statement, Condition } as Statements[number])];
    };
    return [
        ...allow(Action, [roles, `${iam}:instance-profile/ecommerce/${stack}/*`]),
        ...(bounded
            ? allow(["CreateRole", "PutRolePolicy", "PutRolePermissionsBoundary"], roles, boundary)
            : allow(["CreateRole", "PutRolePolicy"], roles)),
        ...allow(["AttachRolePolicy"], roles, {
            ArnEquals: { "iam:PolicyARN": managedPolicies },
            ...(bounded ? boundary : {}),
        }),
        ...allow(["PassRole"], roles, { StringEquals: { "iam:PassedToService": services(passedTo) } }),
        ...allow(["CreateServiceLinkedRole"], linkedRoles, {
            StringEquals: { "iam:AWSServiceName": services(linked) },
        }),
        ...allow(["GetRole"], linkedRoles),
    ];
}

/** Deletions of objects: only of buckets that may be emptied. */
function emptying(stack: string, { account, emptied }: Site): Statements {
    const buckets = emptied.map((bucket) => `arn:aws:s3:::shop-${bucket.replace(" ", `-${stack}-${account}-`)}`);
    const objects = ["s3:DeleteObject", "s3:DeleteObjectVersion", "s3:BypassGovernanceRetention"];
    return emptied.length === 0
        ? []
        : [
              { Effect: "Allow", Action: ["s3:ListBucketVersions"], Resource: buckets },
              { Effect: "Allow", Action: objects, Resource: buckets.map((bucket) => `${bucket}/*`) },
          ];
}

/** The statements of a stack by policy: each service in its regions, or on its own resources. */
function expected(stack: string, site: Site): Record<string, PolicyDocument> {
    const { account, regions } = site;
    const inRegions = { StringEquals: { "aws:RequestedRegion": regions } };
    const buckets = `arn:aws:s3:::shop-*-${stack}-${account}-*`;
    const none = {};
    const allow = (
        service: Service,
        Resource: string | readonly string[] = "*",
        Condition: Statements[number]["Condition"] = inRegions,
        of: (action: string) => boolean = () => true,
    ): Statements => {
        const without = unneeded[stack]?.[service] ?? [];
        const actions = words(production[service]).filter((action) => of(action) && !without.includes(action));
        const Action = actions.map((action) => `${service}:${action}`);
        const statement = { Effect: "Allow" as const, Action, Resource };
        return Action.length === 0 ? [] : [Condition === none ? statement : { ...statement, Condition }];
    };
    const unlimited = ["CreateCluster", "DescribeAddonVersions"];
    const eks = `arn:aws:eks:*:${account}`;
    const cluster = `ecommerce-eks-${stack}`;
    const role = `arn:aws:iam::${account}:role/ecommerce/${stack}`;
    const document = (...Statement: Statements[]): PolicyDocument => ({
        Version: "2012-10-17",
        Statement: Statement.flat(),
    });
    return {
        [`ecommerce-${stack}-deploy-network`]: document(
            allow("ec2"),
            allow("route53", "arn:aws:route53:::hostedzone/*", none),
        ),
        [`ecommerce-${stack}-deploy-cluster`]: document(
            allow("eks", "*", inRegions, (one) => unlimited.includes(one)),
            allow(
                "eks",
                [
                    `${eks}:cluster/${cluster}`,
                    `${eks}:access-entry/${cluster}/*`,
                    `${eks}:addon/${cluster}/*`,
                    `${eks}:nodegroup/${cluster}/*`,
                    `${eks}:podidentityassociation/${cluster}/*`,
                ],
                inRegions,
                (one) => !unlimited.includes(one),
            ),
            iamStatements(stack, site),
            allow("sts", `${role}/${cluster}-admin`, none, (one) => one === "AssumeRole"),
            allow("sts", "*", none, (one) => one === "GetCallerIdentity"),
            allow("sqs"),
            allow("events"),
        ),
        [`ecommerce-${stack}-deploy-records`]: document(
            allow("s3", [buckets, `${buckets}/*`], none),
            emptying(stack, site),
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
            const { status, stdout, stderr } = await run(stack, "--cloud", "aws");
            assert.deepEqual([status, stderr], [0, site.bounded ? "" : unbounded]);
            const { [`ecommerce-${stack}-boundary`]: boundary, ...deployer } = JSON.parse(stdout) as Record<
                string,
                PolicyDocument
            >;
            assert.deepEqual(deployer, expected(stack, site));
            // boundary.spec.ts has its statements.
            assert.equal(boundary !== undefined, site.bounded);
        });
    }
});
