import { allow, type AwsScope, type Statement, type Table } from "./types";

const tags = ["elasticache:AddTagsToResource", "elasticache:RemoveTagsFromResource", "elasticache:ListTagsForResource"];

/** For `cache.kind` elasticache. */
export const awsManagedCaches: Table = {
    "aws:elasticache/parameterGroup:ParameterGroup": [
        ...["elasticache:CreateCacheParameterGroup", "elasticache:ModifyCacheParameterGroup"],
        ...["elasticache:DeleteCacheParameterGroup", "elasticache:DescribeCacheParameterGroups"],
        ...["elasticache:DescribeCacheParameters", "elasticache:ResetCacheParameterGroup", ...tags],
    ],
    "aws:elasticache/replicationGroup:ReplicationGroup": [
        ...["elasticache:CreateReplicationGroup", "elasticache:ModifyReplicationGroup"],
        ...["elasticache:DeleteReplicationGroup", "elasticache:DescribeReplicationGroups"],
        ...["elasticache:ModifyReplicationGroupShardConfiguration", "elasticache:IncreaseReplicaCount"],
        ...["elasticache:DecreaseReplicaCount", "elasticache:DescribeCacheClusters", ...tags],
        // ElastiCache creates interfaces in the subnets on the deployer's behalf, and grants itself the key.
        // https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/IAM.IdentityBasedPolicies.html
        ...["ec2:CreateNetworkInterface", "ec2:DeleteNetworkInterface", "ec2:DescribeNetworkInterfaces"],
        ...["ec2:DescribeVpcs", "ec2:DescribeSubnets", "ec2:DescribeSecurityGroups"],
        ...["kms:CreateGrant", "kms:DescribeKey"],
    ],
    "aws:elasticache/subnetGroup:SubnetGroup": [
        ...["elasticache:CreateCacheSubnetGroup", "elasticache:ModifyCacheSubnetGroup"],
        ...["elasticache:DeleteCacheSubnetGroup", "elasticache:DescribeCacheSubnetGroups", ...tags],
        ...["ec2:DescribeSubnets", "ec2:DescribeVpcs"],
    ],
    "aws:elasticache/user:User": [
        ...["elasticache:CreateUser", "elasticache:ModifyUser", "elasticache:DeleteUser", "elasticache:DescribeUsers"],
        ...tags,
    ],
    "aws:elasticache/userGroup:UserGroup": [
        ...["elasticache:CreateUserGroup", "elasticache:ModifyUserGroup", "elasticache:DeleteUserGroup"],
        ...["elasticache:DescribeUserGroups", ...tags],
    ],
};

/**
 * ElastiCache in the stack's regions, and its service-linked role, which the first cluster of an account creates.
 * https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/using-service-linked-roles.html
 */
export function elastiCacheStatements(actions: readonly string[], { account, regions }: AwsScope): Statement[] {
    return actions.length === 0
        ? []
        : [
              ...allow(actions, "*", { StringEquals: { "aws:RequestedRegion": regions } }),
              ...allow(["iam:CreateServiceLinkedRole"], `arn:aws:iam::${account}:role/aws-service-role/*`, {
                  StringEquals: { "iam:AWSServiceName": ["elasticache.amazonaws.com"] },
              }),
          ];
}

const permissions = (resource: string, ...verbs: string[]) => verbs.map((verb) => `${resource}.${verb}`);

/** For `cache.kind` memorystore. https://docs.cloud.google.com/iam/docs/roles-permissions/memorystore */
export const gcpManagedCaches: Table = {
    "gcp:memorystore/aclPolicy:AclPolicy": [
        ...permissions("memorystore.aclPolicies", "create", "get", "update", "delete"),
        "memorystore.operations.get",
    ],
    "gcp:memorystore/instance:Instance": [
        ...permissions("memorystore.instances", "create", "get", "update", "delete"),
        ...["memorystore.aclPolicies.get", "memorystore.operations.get", "compute.networks.use"],
    ],
    // https://docs.cloud.google.com/vpc/docs/configure-service-connection-policies
    "gcp:networkconnectivity/serviceConnectionPolicy:ServiceConnectionPolicy": [
        ...permissions("networkconnectivity.serviceConnectionPolicies", "create", "get", "update", "delete"),
        ...["networkconnectivity.operations.get", "compute.networks.use", "compute.subnetworks.use"],
    ],
};
