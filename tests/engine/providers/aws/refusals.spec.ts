import { itRefuses, type RefusalCase } from "../core/testing";
import { Unknown } from "../core/value";
import { aws } from "./cloud";
import { ADDON, CLUSTER, NODES, ROLE, SETTINGS, SUBNET, VPC, VPC_ID, cluster, nodes, vpc } from "./fixtures";

const cases: readonly RefusalCase[] = [
    {
        what: "refuses a cluster without any endpoint access",
        type: CLUSTER,
        inputs: {
            ...cluster,
            vpcConfig: { subnetIds: Unknown.value, endpointPrivateAccess: false, endpointPublicAccess: false },
        },
        message: "InvalidParameterException: Private and public endpoint access cannot be false",
    },
    {
        what: "refuses an unsupported Kubernetes version",
        type: CLUSTER,
        inputs: { ...cluster, version: "1.30" },
        message: "InvalidParameterException: unsupported Kubernetes version 1.30",
    },
    {
        what: "refuses a role name instead of an ARN",
        type: CLUSTER,
        inputs: { ...cluster, roleArn: "eks" },
        message: '"roleArn" (eks) is an invalid ARN: arn: invalid prefix',
    },
    {
        what: "refuses a cluster name with a dot",
        type: CLUSTER,
        inputs: { ...cluster, name: "shop.dev" },
        message: "InvalidParameterException: The cluster name shop.dev is not valid",
    },
    {
        what: "refuses envelope encryption of other resources than secrets",
        type: CLUSTER,
        inputs: { ...cluster, encryptionConfig: { resources: ["configmaps"], provider: { keyArn: "x" } } },
        message: "InvalidParameterException: the only resource that can be encrypted is secrets",
    },
    {
        what: "refuses an unknown instance type",
        type: NODES,
        inputs: nodes({ instanceTypes: ["m99.xlarge"] }),
        message: "InvalidParameterException: The following supplied instance types do not exist: [m99.xlarge]",
    },
    {
        what: "refuses an AMI type for another processor architecture",
        type: NODES,
        inputs: nodes({ instanceTypes: ["m7g.xlarge"], amiType: "AL2023_x86_64_STANDARD" }),
        message:
            "InvalidParameterException: [m7g.xlarge] is not a valid instance type for requested amiType " +
            "AL2023_x86_64_STANDARD",
    },
    {
        what: "refuses an unknown AMI type",
        type: NODES,
        inputs: nodes({ amiType: "AL1_x86_64" }),
        message: "InvalidParameterException: The AMI type AL1_x86_64 is not supported.",
    },
    {
        what: "refuses a maximum of nodes below the minimum",
        type: NODES,
        inputs: nodes({ scalingConfig: { minSize: 4, maxSize: 3 } }),
        message: "InvalidParameterException: Minimum capacity 4 can't be greater than maximum size 3",
    },
    {
        what: "refuses a desired size above the maximum",
        type: NODES,
        inputs: nodes({ scalingConfig: { minSize: 1, desiredSize: 5, maxSize: 3 } }),
        message: "InvalidParameterException: desired capacity 5 must be between minimum and maximum size",
    },
    {
        what: "refuses a disk size beside a launch template",
        type: NODES,
        inputs: nodes({ launchTemplate: { id: "lt-1", version: "1" }, diskSize: 50 }),
        message: "InvalidParameterException: Disk size and remote access must be specified in the launch template",
    },
    {
        what: "refuses taint effects in Kubernetes notation",
        type: NODES,
        inputs: nodes({ taints: [{ key: "pci", value: "true", effect: "NoSchedule" }] }),
        message: 'expected taint.effect to be one of ["NO_SCHEDULE","NO_EXECUTE","PREFER_NO_SCHEDULE"], got NoSchedule',
    },
    {
        what: "refuses an unknown add-on",
        type: ADDON,
        inputs: { clusterName: "shop", addonName: "ingress-nginx" },
        message: "InvalidParameterException: Addon ingress-nginx specified is not supported",
    },
    {
        what: "refuses add-on settings that are not JSON",
        type: ADDON,
        inputs: { clusterName: "shop", addonName: "vpc-cni", configurationValues: "enableNetworkPolicy: true" },
        message: "InvalidParameterException: ConfigurationValue provided in request is not supported: not JSON",
    },
    {
        what: "refuses an IAM policy as a cluster access policy",
        type: "aws:eks/accessPolicyAssociation:AccessPolicyAssociation",
        inputs: {
            clusterName: "shop",
            principalArn: ROLE,
            policyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
            accessScope: { type: "cluster" },
        },
        message:
            "InvalidParameterException: The policyArn arn:aws:iam::aws:policy/AdministratorAccess is not a cluster access policy",
    },
    {
        what: "refuses a VPC larger than /16",
        type: VPC,
        inputs: { cidrBlock: "10.0.0.0/8" },
        message: "InvalidVpc.Range: The CIDR '10.0.0.0/8' is invalid.",
    },
    {
        what: "refuses a subnet outside its VPC",
        type: SUBNET,
        inputs: { vpcId: VPC_ID, cidrBlock: "10.1.0.0/24" },
        before: [vpc],
        message: "InvalidSubnet.Range: The CIDR '10.1.0.0/24' is invalid.",
    },
    {
        what: "refuses subnets that overlap",
        type: SUBNET,
        inputs: { vpcId: VPC_ID, cidrBlock: "10.0.1.0/24" },
        before: [vpc, { type: SUBNET, name: "a", inputs: { vpcId: VPC_ID, cidrBlock: "10.0.0.0/20" } }],
        message: "InvalidSubnet.Conflict: The CIDR '10.0.1.0/24' conflicts with another subnet",
    },
    {
        what: "refuses a subnet in a zone of another region",
        type: SUBNET,
        inputs: { vpcId: VPC_ID, cidrBlock: "10.0.1.0/24", availabilityZone: "us-west-2a" },
        message: "InvalidParameterValue: Value (us-west-2a) for parameter availabilityZone is invalid.",
    },
    {
        what: "refuses a subnet in a zone, by id, of another region",
        type: SUBNET,
        inputs: { vpcId: VPC_ID, cidrBlock: "10.0.1.0/24", availabilityZoneId: "usw2-az1" },
        message: "InvalidParameterValue: Value (usw2-az1) for parameter availabilityZoneId is invalid.",
    },
    {
        what: "refuses a subnet in a zone by name and by id",
        type: SUBNET,
        inputs: {
            vpcId: VPC_ID,
            cidrBlock: "10.0.1.0/24",
            availabilityZone: "us-east-1a",
            availabilityZoneId: "use1-az1",
        },
        message: '"availability_zone": conflicts with availability_zone_id',
    },
    {
        what: "refuses a public NAT gateway without an Elastic IP address",
        type: "aws:ec2/natGateway:NatGateway",
        inputs: { subnetId: "subnet-1" },
        message: "MissingParameter: The request must contain the parameter AllocationId",
    },
    {
        what: "refuses a route without a target",
        type: "aws:ec2/route:Route",
        inputs: { routeTableId: "rtb-1", destinationCidrBlock: "0.0.0.0/0" },
        message:
            "one of `gatewayId, natGatewayId, transitGatewayId, vpcPeeringConnectionId, networkInterfaceId` must be " +
            "specified, got 0",
    },
    {
        what: "refuses an endpoint for a service of another region",
        type: "aws:ec2/vpcEndpoint:VpcEndpoint",
        inputs: { vpcId: VPC_ID, serviceName: "com.amazonaws.eu-west-1.s3" },
        message: "InvalidServiceName: The Vpc Endpoint Service 'com.amazonaws.eu-west-1.s3' does not exist",
    },
    {
        what: "refuses a flow log without a resource",
        type: "aws:ec2/flowLog:FlowLog",
        inputs: { trafficType: "ALL", iamRoleArn: "arn:aws:iam::123456789012:role/flow-logs" },
        message: "one of `eni_id,subnet_id,transit_gateway_id,vpc_id` must be specified",
    },
    {
        what: "refuses a policy that is not JSON",
        type: "aws:iam/role:Role",
        inputs: { name: "role", assumeRolePolicy: "allow everything" },
        message: '"assumeRolePolicy" contains an invalid JSON policy',
    },
    {
        what: "refuses a policy without statements",
        type: "aws:iam/role:Role",
        inputs: { name: "role", assumeRolePolicy: '{"Version":"2012-10-17","Statement":[]}' },
        message: "MalformedPolicyDocument: assumeRolePolicy has no statement",
    },
    {
        what: "refuses a key rotation period below 90 days",
        type: "aws:kms/key:Key",
        inputs: { rotationPeriodInDays: 30 },
        message: "expected rotation_period_in_days to be in the range (90 - 2560), got 30",
    },
    {
        what: "refuses an alias without the prefix alias/",
        type: "aws:kms/alias:Alias",
        inputs: { name: "shop", targetKeyId: "key" },
        message: "\"name\" must begin with 'alias/' and be comprised of only [a-zA-Z0-9/_-]: shop",
    },
    {
        what: "refuses a retention that CloudWatch does not offer",
        type: "aws:cloudwatch/logGroup:LogGroup",
        inputs: { name: "logs", retentionInDays: 31 },
        message:
            "expected retention_in_days to be one of [0,1,3,5,7,14,30,60,90,120,150,180,365,400,545,731,1096,1827,2192," +
            "2557,2922,3288,3653], got 31",
    },
    {
        what: "refuses tags with the prefix aws:",
        type: VPC,
        inputs: { cidrBlock: "10.0.0.0/16", tags: { "aws:owner": "us" } },
        message: "Tag keys starting with 'aws:' are reserved for internal use: aws:owner",
    },
    {
        what: "refuses a resource without a required argument",
        type: CLUSTER,
        inputs: { name: "shop", roleArn: ROLE },
        message: 'Missing required argument "vpcConfig.subnetIds"',
    },
    {
        what: "refuses an unknown resource type",
        type: "aws:ec2/instance:Instance",
        inputs: {},
        message:
            "aws:ec2/instance:Instance: the aws stand-in does not support this resource type; " +
            "add it to tests/engine/providers/aws/",
    },
];

describe("engine stand-ins: aws refusals", () => {
    itRefuses(aws, SETTINGS, cases);
});
