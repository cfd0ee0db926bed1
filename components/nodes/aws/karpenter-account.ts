import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as iam from "@pulumi/aws/iam";
import * as sqs from "@pulumi/aws/sqs";
import * as pulumi from "@pulumi/pulumi";

import type { LayerConfig } from "../layer-config";
import { eksName } from "../../cluster";
import { cloudIdentity } from "../../identity";
import { karpenterController } from "./karpenter-permissions";

/** Whom Karpenter's controller is in the cluster; the add-on layer runs it as that. */
export const karpenterAccount = { namespace: "kube-system", serviceAccount: "karpenter" } as const;

/** What EC2 says before a machine goes, and where it says it: the node is emptied while there is time (CL-12). */
const interruptions = {
    spot: { source: "aws.ec2", detailType: "EC2 Spot Instance Interruption Warning" },
    rebalance: { source: "aws.ec2", detailType: "EC2 Instance Rebalance Recommendation" },
    state: { source: "aws.ec2", detailType: "EC2 Instance State-change Notification" },
    health: { source: "aws.health", detailType: "AWS Health Event" },
} as const;

/** What {@link KarpenterAccount} is made for. */
export interface KarpenterAccountArgs {
    readonly config: Pick<LayerConfig, "account" | "cloud" | "region" | "stack">;
    /** Name of the cluster; resolves when there is one. */
    readonly cluster: pulumi.Input<string>;
    /** The nodes' role: those that Karpenter starts are let in as the managed ones are (E12). */
    readonly nodeRole: { readonly name: pulumi.Input<string>; readonly arn: pulumi.Input<string> };
}

/** Karpenter's side in the account: whose role its machines have, how it hears of interruptions, what it may do. */
export class KarpenterAccount extends pulumi.ComponentResource {
    public readonly instanceProfile: pulumi.Output<string>;
    /** Name of the queue; resolves when the events arrive there and the controller has its permissions. */
    public readonly queueName: pulumi.Output<string>;

    constructor(name: string, args: KarpenterAccountArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:nodes:KarpenterAccount", name, {}, opts);
        const { config, nodeRole } = args;
        const child = { parent: this };
        // Made here and not by Karpenter: a controller that makes profiles can hand out roles.
        const profile = new iam.InstanceProfile(name, { role: nodeRole.name }, child);
        const queue = new sqs.Queue(
            name,
            // A notice is of no use after its two minutes; sealed with SQS' own key, which the events may use.
            { messageRetentionSeconds: 300, sqsManagedSseEnabled: true },
            child,
        );
        const rules = Object.entries(interruptions).map(([key, { source, detailType }]) => {
            const rule = new cloudwatch.EventRule(
                `${name}-${key}`,
                { eventPattern: JSON.stringify({ source: [source], "detail-type": [detailType] }) },
                child,
            );
            new cloudwatch.EventTarget(`${name}-${key}`, { rule: rule.name, arn: queue.arn }, child);
            return rule.arn;
        });
        const policy = new sqs.QueuePolicy(name, { queueUrl: queue.url, policy: queuePolicy(queue.arn, rules) }, child);
        const { annotations } = cloudIdentity(
            `${name}-controller`,
            {
                config,
                cluster: { name: pulumi.output(args.cluster) },
                ...karpenterAccount,
                permissions: karpenterController({
                    account: config.account,
                    region: config.region,
                    cluster: eksName(config.stack),
                    nodeRoleArn: nodeRole.arn,
                    queueArn: queue.arn,
                }),
            },
            child,
        );
        this.instanceProfile = profile.name;
        this.queueName = pulumi.all([queue.name, policy.id, annotations]).apply(([own]) => own);
        this.registerOutputs({ instanceProfile: this.instanceProfile, queueName: this.queueName });
    }
}

/** Our rules may write, over TLS, and nobody else: who fills this queue empties nodes. */
function queuePolicy(arn: pulumi.Input<string>, rules: readonly pulumi.Input<string>[]): pulumi.Output<string> {
    return pulumi.jsonStringify({
        Version: "2012-10-17",
        Statement: [
            {
                Sid: "OurRules",
                Effect: "Allow",
                Principal: { Service: "events.amazonaws.com" },
                Action: "sqs:SendMessage",
                Resource: arn,
                Condition: { ArnEquals: { "aws:SourceArn": rules } },
            },
            {
                Sid: "OverTlsOnly",
                Effect: "Deny",
                Principal: "*",
                Action: "sqs:*",
                Resource: arn,
                Condition: { Bool: { "aws:SecureTransport": "false" } },
            },
        ],
    });
}
