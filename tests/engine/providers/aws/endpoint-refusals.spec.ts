import { itRefuses } from "../core/testing";
import { aws } from "./cloud";
import { SETTINGS } from "./fixtures";

describe("engine stand-ins: aws refusals of endpoints, queues and events", () => {
    itRefuses(aws, SETTINGS, [
        {
            what: "refuses a gateway endpoint for a service without one",
            type: "aws:ec2/vpcEndpoint:VpcEndpoint",
            inputs: { vpcId: "vpc-1", serviceName: "com.amazonaws.us-east-1.ecr.api", vpcEndpointType: "Gateway" },
            message:
                "InvalidParameter: Endpoint type (Gateway) does not match available service types ([Interface]) for " +
                "com.amazonaws.us-east-1.ecr.api.",
        },
        {
            what: "refuses private DNS for a gateway endpoint",
            type: "aws:ec2/vpcEndpoint:VpcEndpoint",
            inputs: { vpcId: "vpc-1", serviceName: "com.amazonaws.us-east-1.s3", privateDnsEnabled: true },
            message: "InvalidParameter: Private DNS can't be enabled for Gateway endpoints",
        },
        {
            what: "refuses a flow log of a VPC without the kind of traffic",
            type: "aws:ec2/flowLog:FlowLog",
            inputs: { vpcId: "vpc-1", iamRoleArn: "arn:aws:iam::123456789012:role/flow-logs" },
            message: "MissingParameter: The request must contain the parameter TrafficType",
        },
        {
            what: "refuses a flow log to CloudWatch without a role",
            type: "aws:ec2/flowLog:FlowLog",
            inputs: { vpcId: "vpc-1", trafficType: "ALL" },
            message: "MissingParameter: DeliverLogsPermissionArn is required if destination type is cloud-watch-logs",
        },
        {
            what: "refuses a rule of TCP without ports",
            type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
            inputs: { securityGroupId: "sg-1", ipProtocol: "tcp", cidrIpv4: "10.0.0.0/16" },
            message: "InvalidParameterValue: from_port and to_port are required for ip_protocol tcp",
        },
        {
            what: "refuses a queue with a retention below the minimum",
            type: "aws:sqs/queue:Queue",
            inputs: { messageRetentionSeconds: 30 },
            message: "expected message_retention_seconds to be in the range (60 - 1209600), got 30",
        },
        {
            what: "refuses a queue with SQS and KMS encryption",
            type: "aws:sqs/queue:Queue",
            inputs: { sqsManagedSseEnabled: true, kmsMasterKeyId: "alias/queue" },
            message: "InvalidAttributeValue: You can use one type of server-side encryption (SSE) at one time.",
        },
        {
            what: "refuses an event pattern with a string value",
            type: "aws:cloudwatch/eventRule:EventRule",
            inputs: { eventPattern: '{"source":"aws.ec2"}' },
            message: "InvalidEventPatternException: Event pattern is not valid. Reason: must be an object or an array",
        },
        {
            what: "refuses an instance profile with a role ARN instead of a name",
            type: "aws:iam/instanceProfile:InstanceProfile",
            inputs: { role: "arn:aws:iam::123456789012:role/nodes" },
            message:
                "ValidationError: The specified value for roleName is invalid: arn:aws:iam::123456789012:role/nodes",
        },
    ]);
});
