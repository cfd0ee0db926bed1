import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as ec2 from "@pulumi/aws/ec2";
import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";

import { accountDecides, logGroupsMayUse, rotatedKey } from "../../common/aws/keys";

/** What {@link FlowLogs} watch. */
export interface FlowLogsArgs {
    readonly vpcId: pulumi.Input<string>;
    /** Account that may hand the role to the flow-log service. */
    readonly account: string;
    readonly region: string;
    /** How long a record is kept. @default 30 */
    readonly retentionDays?: number;
}

/** Records who talked to whom in a VPC, refused connections included (D11). */
export class FlowLogs extends pulumi.ComponentResource {
    public readonly logGroup: pulumi.Output<string>;

    constructor(name: string, args: FlowLogsArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:network:FlowLogs", name, {}, opts);
        const child = { parent: this };
        // Who talks to whom is a map of the platform: readable with our key only.
        const key = rotatedKey(
            `${name}-key`,
            {
                description: "Flow logs",
                statements: [accountDecides(args.account), logGroupsMayUse(args.account, args.region)],
            },
            child,
        );
        const logs = new cloudwatch.LogGroup(
            name,
            { retentionInDays: args.retentionDays ?? 30, kmsKeyId: key.arn },
            child,
        );
        const role = new iam.Role(
            `${name}-role`,
            {
                assumeRolePolicy: pulumi.jsonStringify({
                    Version: "2012-10-17",
                    Statement: [
                        {
                            Effect: "Allow",
                            Principal: { Service: "vpc-flow-logs.amazonaws.com" },
                            Action: "sts:AssumeRole",
                            // The service works for every account: only ours may send it here.
                            Condition: { StringEquals: { "aws:SourceAccount": args.account } },
                        },
                    ],
                }),
            },
            child,
        );
        const policy = new iam.RolePolicy(
            `${name}-write`,
            {
                role: role.name,
                policy: pulumi.jsonStringify({
                    Version: "2012-10-17",
                    Statement: [
                        {
                            Effect: "Allow",
                            Action: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"],
                            // This group's streams and nothing else (D10).
                            Resource: [logs.arn, pulumi.interpolate`${logs.arn}:*`],
                        },
                    ],
                }),
            },
            child,
        );
        new ec2.FlowLog(
            `${name}-vpc`,
            {
                vpcId: args.vpcId,
                // Refused connections show an attack, accepted ones what it reached.
                trafficType: "ALL",
                logDestinationType: "cloud-watch-logs",
                logDestination: logs.arn,
                iamRoleArn: role.arn,
                maxAggregationInterval: 60,
            },
            { ...child, dependsOn: [policy] },
        );
        this.logGroup = logs.name;
        this.registerOutputs({ logGroup: this.logGroup });
    }
}
