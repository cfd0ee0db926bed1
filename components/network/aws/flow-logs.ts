import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as ec2 from "@pulumi/aws/ec2";
import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";

import { kept } from "../../common/protection";
import type { FlowLogSettings } from "../types";
import { allowLogGroups, enableIamPolicies, rotatedKey } from "../../common/aws/keys";
import type { roleSettings } from "../../common/aws/roles";

/** Arguments of {@link FlowLogs}. */
export interface FlowLogsArgs {
    readonly vpcId: pulumi.Input<string>;
    /** Account of the VPC; the role's trust policy is restricted to it. */
    readonly account: string;
    readonly region: string;
    readonly flowLogs: Pick<FlowLogSettings, "retentionDays" | "intervalSeconds">;
    /** Whether the log group and its key outlive the stack. */
    readonly keep: boolean;
    /** Path and permissions boundary of the role. */
    readonly role: ReturnType<typeof roleSettings>;
}

/** Flow logs of a VPC: accepted and rejected connections (D11). */
export class FlowLogs extends pulumi.ComponentResource {
    public readonly logGroup: pulumi.Output<string>;

    constructor(name: string, args: FlowLogsArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:network:FlowLogs", name, {}, opts);
        const child = { parent: this };
        const { retentionDays, intervalSeconds } = args.flowLogs;
        // Flow logs reveal the platform's structure: encrypted with a customer-managed key.
        const key = rotatedKey(
            `${name}-key`,
            {
                description: "Flow logs",
                statements: [enableIamPolicies(args.account), allowLogGroups(args.account, args.region)],
            },
            { ...child, ...kept(args.keep) },
        );
        const logs = new cloudwatch.LogGroup(
            name,
            { retentionInDays: retentionDays, kmsKeyId: key.arn },
            { ...child, ...kept(args.keep) },
        );
        const role = new iam.Role(
            `${name}-role`,
            {
                ...args.role,
                assumeRolePolicy: pulumi.jsonStringify({
                    Version: "2012-10-17",
                    Statement: [
                        {
                            Effect: "Allow",
                            Principal: { Service: "vpc-flow-logs.amazonaws.com" },
                            Action: "sts:AssumeRole",
                            // The service principal is shared by all accounts: only this account may use the role.
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
                            // The streams of this group only (D10).
                            Resource: [logs.arn, pulumi.interpolate`${logs.arn}:*`],
                        },
                        // The service looks for the group before it writes; the action has no resource-level permissions.
                        // The documented policy also has logs:CreateLogGroup, for groups that do not exist yet:
                        // https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html
                        { Effect: "Allow", Action: "logs:DescribeLogGroups", Resource: "*" },
                    ],
                }),
            },
            child,
        );
        new ec2.FlowLog(
            `${name}-vpc`,
            {
                vpcId: args.vpcId,
                // Rejected connections show an attack, accepted ones its effect.
                trafficType: "ALL",
                logDestinationType: "cloud-watch-logs",
                logDestination: logs.arn,
                iamRoleArn: role.arn,
                maxAggregationInterval: Math.max(intervalSeconds, 60),
            },
            { ...child, dependsOn: [policy] },
        );
        this.logGroup = logs.name;
        this.registerOutputs({ logGroup: this.logGroup });
    }
}
