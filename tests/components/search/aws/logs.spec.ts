import assert from "node:assert/strict";

import type { JsonObject } from "../../../../tools/plan/json";
import { inputOf, inputsOf } from "../../deployed";
import { managedSearch } from "../kinds";

const logs = "search-engine-logs";

describe("the logs of a domain of OpenSearch Service (E3)", () => {
    it("are kept for 30 days, the audit log for a year, encrypted", async () => {
        const group = (retentionInDays: number) => ({ retentionInDays, kmsKeyId: `arn:${logs}-key` });
        assert.deepEqual(inputsOf(await managedSearch("prod"), "aws:cloudwatch/logGroup:LogGroup"), {
            [`${logs}-index-slow`]: group(30),
            [`${logs}-search-slow`]: group(30),
            [`${logs}-application`]: group(30),
            [`${logs}-audit`]: group(365),
        });
    });

    it("are written by this domain only", async () => {
        const own = await managedSearch("prod");
        assert.deepEqual(inputsOf(own, "aws:cloudwatch/logResourcePolicy:LogResourcePolicy"), {
            [logs]: {
                policyName: "shop-prod-search",
                policyDocument: {
                    Version: "2012-10-17",
                    Statement: [
                        {
                            Effect: "Allow",
                            Principal: { Service: "es.amazonaws.com" },
                            Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
                            Resource: ["index-slow", "search-slow", "application", "audit"].map(
                                (name) => `arn:${logs}-${name}:*`,
                            ),
                            Condition: {
                                StringEquals: { "aws:SourceAccount": "123456789012" },
                                ArnLike: { "aws:SourceArn": "arn:aws:es:us-east-1:123456789012:domain/shop-prod" },
                            },
                        },
                    ],
                },
            },
        });
        const domain = own.find(({ type }) => type === "aws:opensearch/domain:Domain");
        const policy = own.find(({ type }) => type === "aws:cloudwatch/logResourcePolicy:LogResourcePolicy");
        assert.ok(domain?.dependsOn.includes(policy?.urn ?? ""), "the domain is created before it may write its logs");
    });

    it("have a key that CloudWatch Logs may use for this account's groups", async () => {
        const { policy, ...key } = inputOf(await managedSearch("prod"), "aws:kms/key:Key", `${logs}-key`);
        assert.deepEqual(key, {
            description: "Logs of the managed search",
            enableKeyRotation: true,
            rotationPeriodInDays: 90,
            deletionWindowInDays: 30,
        });
        const [, use] = (policy as JsonObject)["Statement"] as readonly JsonObject[];
        assert.deepEqual(use?.["Principal"], { Service: "logs.us-east-1.amazonaws.com" });
        assert.deepEqual(use["Condition"], {
            ArnLike: { "kms:EncryptionContext:aws:logs:arn": "arn:aws:logs:us-east-1:123456789012:log-group:*" },
        });
    });
});
