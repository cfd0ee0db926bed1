import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as pulumi from "@pulumi/pulumi";

import { after } from "../../common/after";
import { allowLogGroups, enableIamPolicies, rotatedKey } from "../../common/aws/keys";
import type { LayerConfig } from "../layer-config";
import { domainArn } from "./settings";

/** Arguments of {@link DomainLogs}. */
export interface DomainLogsArgs {
    readonly config: Pick<LayerConfig, "account" | "region" | "stack">;
}

/** OpenSearch Service's logs, each in a group of its own, by the end of the group's name: type and days. */
const logs = {
    "index-slow": { logType: "INDEX_SLOW_LOGS", retentionInDays: 30 },
    "search-slow": { logType: "SEARCH_SLOW_LOGS", retentionInDays: 30 },
    application: { logType: "ES_APPLICATION_LOGS", retentionInDays: 30 },
    // Who signed in and what was refused: one year, as PCI DSS requires.
    audit: { logType: "AUDIT_LOGS", retentionInDays: 365 },
} as const;

/** The log groups of a domain, and its right to write them (E3). */
export class DomainLogs extends pulumi.ComponentResource {
    /** What the domain publishes where; the groups resolve when it may. */
    public readonly publishing: readonly { logType: string; cloudwatchLogGroupArn: pulumi.Output<string> }[];

    constructor(name: string, args: DomainLogsArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:search:DomainLogs", name, {}, opts);
        const { config } = args;
        const { account, region } = config;
        const child = { parent: this };
        // The key of the domain does not encrypt its logs.
        // https://docs.aws.amazon.com/opensearch-service/latest/developerguide/encryption-at-rest.html
        const key = rotatedKey(
            `${name}-key`,
            {
                description: "Logs of the managed search",
                statements: [enableIamPolicies(account), allowLogGroups(account, region)],
            },
            child,
        );
        const groups = Object.entries(logs).map(([suffix, { logType, retentionInDays }]) => {
            const group = new cloudwatch.LogGroup(`${name}-${suffix}`, { retentionInDays, kmsKeyId: key.arn }, child);
            return { logType, arn: group.arn };
        });
        const policy = new cloudwatch.LogResourcePolicy(
            name,
            {
                // One for all groups: a region has ten at most.
                // https://docs.aws.amazon.com/opensearch-service/latest/developerguide/createdomain-configure-slow-logs.html
                policyName: `shop-${config.stack}-search`,
                policyDocument: pulumi.jsonStringify({
                    Version: "2012-10-17",
                    Statement: [
                        {
                            Effect: "Allow",
                            Principal: { Service: "es.amazonaws.com" },
                            Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
                            // The streams of these groups only (D10).
                            Resource: groups.map(({ arn }) => pulumi.interpolate`${arn}:*`),
                            // The principal is shared by all accounts: only this domain may write.
                            Condition: {
                                StringEquals: { "aws:SourceAccount": account },
                                ArnLike: { "aws:SourceArn": domainArn(config) },
                            },
                        },
                    ],
                }),
            },
            child,
        );
        // The domain is refused while it may not write.
        this.publishing = groups.map(({ logType, arn }) => ({ logType, cloudwatchLogGroupArn: after(arn, [policy]) }));
        this.registerOutputs({ publishing: this.publishing });
    }
}
