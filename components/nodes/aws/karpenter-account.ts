import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as iam from "@pulumi/aws/iam";
import * as sqs from "@pulumi/aws/sqs";
import * as pulumi from "@pulumi/pulumi";

import type { LayerConfig } from "../layer-config";
import { eksName } from "../../cluster";
import { iamPath } from "../../common/aws/roles";
import { cloudIdentity } from "../../identity";
import { karpenterController } from "./karpenter-permissions";

/** The service account of Karpenter's controller. */
export const karpenterAccount = { namespace: "kube-system", serviceAccount: "karpenter" } as const;

/** Events before an instance is stopped or reclaimed; Karpenter drains the node in time (CL-12). */
const interruptions = {
    spot: { source: "aws.ec2", detailType: "EC2 Spot Instance Interruption Warning" },
    rebalance: { source: "aws.ec2", detailType: "EC2 Instance Rebalance Recommendation" },
    state: { source: "aws.ec2", detailType: "EC2 Instance State-change Notification" },
    health: { source: "aws.health", detailType: "AWS Health Event" },
} as const;

/** Arguments of {@link KarpenterAccount}. */
export interface KarpenterAccountArgs {
    readonly config: Pick<LayerConfig, "account" | "cloud" | "permissionsBoundary" | "region" | "stack">;
    /** Name of the cluster; resolves when it exists. */
    readonly cluster: pulumi.Input<string>;
    /** The nodes' role, which managed node groups have too (E12). */
    readonly nodeRole: { readonly name: pulumi.Input<string>; readonly arn: pulumi.Input<string> };
}

/** Karpenter's resources in the account: instance profile, interruption queue and controller role. */
export class KarpenterAccount extends pulumi.ComponentResource {
    public readonly instanceProfile: pulumi.Output<string>;
    /** Name of the queue; resolves when events are delivered to it and the controller's permissions exist. */
    public readonly queueName: pulumi.Output<string>;

    constructor(name: string, args: KarpenterAccountArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:nodes:KarpenterAccount", name, {}, opts);
        const { config, nodeRole } = args;
        const child = { parent: this };
        // Not created by Karpenter: permission to create instance profiles is permission to assign roles.
        const profile = new iam.InstanceProfile(name, { path: iamPath(config.stack), role: nodeRole.name }, child);
        const queue = new sqs.Queue(
            name,
            // Interruption notices expire after two minutes. SSE-SQS needs no key grant for EventBridge.
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

/** Only these rules may send messages, over TLS: a message causes Karpenter to drain nodes. */
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
