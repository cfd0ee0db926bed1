import { itRefuses } from "../core/testing";
import { aws } from "./cloud";
import { SETTINGS } from "./fixtures";

describe("engine stand-ins: aws refusals of private ways and events", () => {
    itRefuses(aws, SETTINGS, [
        {
            what: "refuses a gateway to a service that has none",
            type: "aws:ec2/vpcEndpoint:VpcEndpoint",
            inputs: { vpcId: "vpc-1", serviceName: "com.amazonaws.us-east-1.ecr.api", vpcEndpointType: "Gateway" },
            message:
                "InvalidParameter: Endpoint type (Gateway) does not match available service types ([Interface]) for " +
                "com.amazonaws.us-east-1.ecr.api.",
        },
        {
            what: "refuses a gateway under a private name",
            type: "aws:ec2/vpcEndpoint:VpcEndpoint",
            inputs: { vpcId: "vpc-1", serviceName: "com.amazonaws.us-east-1.s3", privateDnsEnabled: true },
            message: "InvalidParameter: Private DNS can't be enabled for Gateway endpoints",
        },
        {
            what: "refuses a queue that keeps nothing",
            type: "aws:sqs/queue:Queue",
            inputs: { messageRetentionSeconds: 30 },
            message: "expected message_retention_seconds to be in the range (60 - 1209600), got 30",
        },
        {
            what: "refuses a queue with two kinds of encryption",
            type: "aws:sqs/queue:Queue",
            inputs: { sqsManagedSseEnabled: true, kmsMasterKeyId: "alias/queue" },
            message: "InvalidAttributeValue: You can use one type of server-side encryption (SSE) at one time.",
        },
        {
            what: "refuses an event pattern of bare text",
            type: "aws:cloudwatch/eventRule:EventRule",
            inputs: { eventPattern: '{"source":"aws.ec2"}' },
            message: "InvalidEventPatternException: Event pattern is not valid. Reason: must be an object or an array",
        },
        {
            what: "refuses an instance profile of a role's ARN",
            type: "aws:iam/instanceProfile:InstanceProfile",
            inputs: { role: "arn:aws:iam::123456789012:role/nodes" },
            message:
                "ValidationError: The specified value for roleName is invalid: arn:aws:iam::123456789012:role/nodes",
        },
    ]);
});
