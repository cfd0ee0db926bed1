import assert from "node:assert/strict";
import { createIn, fresh, itRefuses, targetOf } from "../core/testing";
import { stringAt } from "../core/value";
import { aws } from "./cloud";
import { SETTINGS } from "./fixtures";
import { DOMAIN } from "./opensearch";
import { ACCOUNT, domain } from "./opensearch-fixtures";
import { LOG_POLICY } from "./opensearch-logs";

const ARN = `arn:aws:es:us-east-1:${ACCOUNT}:domain/shop`;
const GROUP = `arn:aws:logs:us-east-1:${ACCOUNT}:log-group:audit`;

const publishing = { logPublishingOptions: [{ logType: "AUDIT_LOGS", cloudwatchLogGroupArn: GROUP }] };
const statement = (own: object) => ({
    Effect: "Allow",
    Principal: { Service: "es.amazonaws.com" },
    Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
    Resource: [`${GROUP}:*`],
    Condition: { StringEquals: { "aws:SourceAccount": ACCOUNT }, ArnLike: { "aws:SourceArn": ARN } },
    ...own,
});
const policy = (own: object, policyName = "search") => ({
    type: LOG_POLICY,
    name: policyName,
    inputs: { policyName, policyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [statement(own)] }) },
});
const noAccess =
    "ValidationException: The Resource Access Policy specified for the CloudWatch Logs log group audit does not grant " +
    "sufficient permissions for Amazon OpenSearch Service to create a log stream. Please check the Resource Access Policy.";

describe("engine stand-ins: logs of OpenSearch Service", () => {
    itRefuses(aws, SETTINGS, [
        {
            what: "refuses another type of log",
            type: DOMAIN,
            inputs: domain({ logPublishingOptions: [{ logType: "SLOW_LOGS", cloudwatchLogGroupArn: GROUP }] }),
            message:
                'expected log_type to be one of ["INDEX_SLOW_LOGS","SEARCH_SLOW_LOGS","ES_APPLICATION_LOGS","AUDIT_LOGS"], got SLOW_LOGS',
        },
        {
            what: "refuses the audit log without users",
            type: DOMAIN,
            inputs: domain({ ...publishing, advancedSecurityOptions: { enabled: false } }),
            message: "ValidationException: Audit logs are available with fine-grained access control only.",
        },
        { what: "refuses logs that it may not write", type: DOMAIN, inputs: domain(publishing), message: noAccess },
        {
            what: "refuses logs that another domain may write",
            type: DOMAIN,
            inputs: domain(publishing),
            before: [policy({ Condition: { ArnLike: { "aws:SourceArn": `${ARN}-2` } } })],
            message: noAccess,
        },
        {
            what: "refuses logs without the right to create streams",
            type: DOMAIN,
            inputs: domain(publishing),
            before: [policy({ Action: "logs:PutLogEvents" })],
            message: noAccess,
        },
        {
            what: "refuses an eleventh policy of a region",
            type: LOG_POLICY,
            inputs: policy({}).inputs,
            before: Array.from({ length: 10 }, (_, index) => policy({}, `policy-${index}`)),
            message: "LimitExceededException: Resource limit exceeded.",
        },
        {
            what: "refuses a policy of more than 5,120 characters",
            type: LOG_POLICY,
            inputs: policy({ Sid: "x".repeat(5120) }).inputs,
            message: "InvalidParameterException: Resource policy must be 5120 characters or fewer",
        },
        {
            what: "refuses a policy without a name",
            type: LOG_POLICY,
            inputs: { policyDocument: policy({}).inputs.policyDocument },
            message: "one of `policy_name,resource_arn` must be specified",
        },
    ]);

    it("accepts a domain that may write its logs, and returns its endpoint in the VPC", async () => {
        const { provider } = await fresh(aws, SETTINGS);
        const { type, name, inputs } = policy({});
        await createIn(provider, targetOf(type, name), inputs);
        const created = await createIn(
            provider,
            targetOf(DOMAIN),
            domain({ ...publishing, vpcOptions: { subnetIds: ["subnet-1"] } }),
        );
        assert.equal(created["arn"], ARN);
        assert.match(stringAt(created, "endpoint") ?? "", /^vpc-shop-[0-9a-f]{7}\.us-east-1\.es\.amazonaws\.com$/);
    });
});
