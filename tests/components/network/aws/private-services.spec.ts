import assert from "node:assert/strict";

import { inputsOf } from "../../deployed";
import { type Deployed, deployCluster, deployment, inLayer } from "../../deployment";

const zones = ["use1-az1", "use1-az2", "use1-az4"];
const vpcId = "network-id";

describe("the flow logs and endpoints of the network on AWS", () => {
    let network: readonly Deployed[];
    before(async () => {
        network = inLayer(await deployment("aws", "prod"), "network");
    });

    it("log every connection each minute, for a year and a month, encrypted (D11, PCI DSS 10.5.1)", () => {
        assert.deepEqual(inputsOf(network, "aws:ec2/flowLog:FlowLog"), {
            "network-flow-logs-vpc": {
                vpcId,
                trafficType: "ALL",
                logDestinationType: "cloud-watch-logs",
                logDestination: "arn:network-flow-logs",
                iamRoleArn: "arn:network-flow-logs-role",
                maxAggregationInterval: 60,
            },
        });
        assert.deepEqual(inputsOf(network, "aws:cloudwatch/logGroup:LogGroup"), {
            "network-flow-logs": { retentionInDays: 400, kmsKeyId: "arn:network-flow-logs-key" },
        });
    });

    it("encrypt logs with a rotated key that only this account's log groups may use (D7, D10)", () => {
        assert.deepEqual(inputsOf(network, "aws:kms/key:Key"), {
            "network-flow-logs-key": {
                description: "Flow logs",
                enableKeyRotation: true,
                rotationPeriodInDays: 90,
                deletionWindowInDays: 30,
                policy: {
                    Version: "2012-10-17",
                    Statement: [
                        {
                            Sid: "AccountDecides",
                            Effect: "Allow",
                            Principal: { AWS: "arn:aws:iam::123456789012:root" },
                            Action: "kms:*",
                            Resource: "*",
                        },
                        {
                            Sid: "LogGroupsOfThisAccount",
                            Effect: "Allow",
                            Principal: { Service: "logs.us-east-1.amazonaws.com" },
                            Action: [
                                "kms:Decrypt",
                                "kms:Encrypt",
                                "kms:GenerateDataKey",
                                "kms:GenerateDataKeyWithoutPlaintext",
                                "kms:ReEncryptFrom",
                                "kms:ReEncryptTo",
                            ],
                            Resource: "*",
                            Condition: {
                                ArnLike: {
                                    "kms:EncryptionContext:aws:logs:arn":
                                        "arn:aws:logs:us-east-1:123456789012:log-group:*",
                                },
                            },
                        },
                    ],
                },
            },
        });
    });

    it("are written with a role of this account's VPCs, to this log group only (D10)", () => {
        assert.deepEqual(inputsOf(network, "aws:iam/role:Role"), {
            "network-flow-logs-role": {
                path: "/ecommerce/prod/",
                assumeRolePolicy: {
                    Version: "2012-10-17",
                    Statement: [
                        {
                            Effect: "Allow",
                            Principal: { Service: "vpc-flow-logs.amazonaws.com" },
                            Action: "sts:AssumeRole",
                            Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
                        },
                    ],
                },
            },
        });
        assert.deepEqual(inputsOf(network, "aws:iam/rolePolicy:RolePolicy"), {
            "network-flow-logs-write": {
                role: "network-flow-logs-role-name",
                policy: {
                    Version: "2012-10-17",
                    Statement: [
                        {
                            Effect: "Allow",
                            Action: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"],
                            Resource: ["arn:network-flow-logs", "arn:network-flow-logs:*"],
                        },
                        { Effect: "Allow", Action: "logs:DescribeLogGroups", Resource: "*" },
                    ],
                },
            },
        });
    });

    it("connect private subnets to S3 by a gateway, and to the nodes' services by interfaces, over TLS only (D9)", () => {
        const services = ["ecr.api", "ecr.dkr", "sts", "ec2", "eks", "eks-auth", "logs"];
        assert.deepEqual(inputsOf(network, "aws:ec2/vpcEndpoint:VpcEndpoint"), {
            "network-s3": {
                vpcId,
                serviceName: "com.amazonaws.us-east-1.s3",
                vpcEndpointType: "Gateway",
                routeTableIds: zones.map((zone) => `network-private-${zone}-id`),
                tags: { Name: "network-s3" },
            },
            ...Object.fromEntries(
                services.map((service) => [
                    `network-endpoints-${service.replace(".", "-")}`,
                    {
                        vpcId,
                        serviceName: `com.amazonaws.us-east-1.${service}`,
                        vpcEndpointType: "Interface",
                        subnetIds: zones.map((zone) => `network-private-${zone}-id`),
                        securityGroupIds: ["network-endpoints-id"],
                        privateDnsEnabled: true,
                        tags: { Name: `network-${service}` },
                    },
                ]),
            ),
        });
        assert.deepEqual(inputsOf(network, "aws:ec2/securityGroup:SecurityGroup"), {
            "network-endpoints": {
                vpcId,
                description: "Who may use the endpoints of AWS services",
                tags: { Name: "network-endpoints" },
            },
        });
        assert.deepEqual(inputsOf(network, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"), {
            "network-endpoints": {
                securityGroupId: "network-endpoints-id",
                ipProtocol: "tcp",
                fromPort: 443,
                toPort: 443,
                cidrIpv4: "10.40.0.0/16",
            },
        });
    });

    it("follow the stack's account, region, zones and range", async () => {
        const own = await deployCluster("aws", "staging", {
            aws: { accountId: "210987654321", region: "eu-west-1", zones: ["eu-west-1a", "eu-west-1b", "eu-west-1c"] },
            network: { nodes: "10.96.0.0/16" },
        });
        const text = JSON.stringify(inLayer(own, "network").map(({ name, inputs }) => [name, inputs]));
        assert.doesNotMatch(text, /us-east-1|123456789012|10\.40\./);
        for (const part of ["com.amazonaws.eu-west-1.s3", "arn:aws:iam::210987654321:root", '"10.96.64.0/18"']) {
            assert.ok(text.includes(part), part);
        }
    });
});
