import type { ResourceType, RuleContext } from "../core/cloud";
import { at, bagsAt, given, stringAt, type Bag } from "../core/value";
import { accountOf, arnErrors, documentErrors, region, regionOf } from "./common";

export const LOG_POLICY = "aws:cloudwatch/logResourcePolicy:LogResourcePolicy";

interface Statement {
    readonly Effect?: string;
    readonly Principal?: { readonly Service?: string };
    readonly Action?: string | readonly string[];
    readonly Resource?: string | readonly string[];
    readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

const listOf = (value: string | readonly string[] | undefined): readonly string[] =>
    typeof value === "string" ? [value] : (value ?? []);

/** ARN of a domain, which a condition of the policy may name. */
export const domainArn = (inputs: Bag, context: RuleContext): string =>
    `arn:aws:es:${regionOf(inputs, context)}:${accountOf(context)}:domain/${stringAt(inputs, "domainName") ?? ""}`;

/** Whether a statement allows OpenSearch Service to write a log group for a domain. */
function allows(statement: Statement, group: string, account: string, domain: string): boolean {
    const { Effect, Principal, Condition = {} } = statement;
    const actions = listOf(statement.Action);
    return (
        Effect === "Allow" &&
        Principal?.Service === "es.amazonaws.com" &&
        ["logs:CreateLogStream", "logs:PutLogEvents"].every((action) => actions.includes(action)) &&
        listOf(statement.Resource).includes(`${group}:*`) &&
        (Condition["StringEquals"]?.["aws:SourceAccount"] ?? account) === account &&
        (Condition["ArnLike"]?.["aws:SourceArn"] ?? domain) === domain
    );
}

/**
 * What a domain has to be allowed: https://docs.aws.amazon.com/opensearch-service/latest/developerguide/createdomain-configure-slow-logs.html.
 * The message: https://github.com/hashicorp/terraform-provider-aws/issues/6606. Audit logs are of fine-grained access control:
 * https://docs.aws.amazon.com/opensearch-service/latest/developerguide/audit-logs.html; that message is not documented.
 */
export async function publishingErrors(inputs: Bag, context: RuleContext): Promise<string[]> {
    const published = bagsAt(inputs, "logPublishingOptions");
    const audit = published.some((one) => stringAt(one, "logType") === "AUDIT_LOGS");
    const known = ["INDEX_SLOW_LOGS", "SEARCH_SLOW_LOGS", "ES_APPLICATION_LOGS", "AUDIT_LOGS"];
    const errors = [
        ...published.flatMap((one) => {
            const type = stringAt(one, "logType");
            return type === undefined || known.includes(type)
                ? []
                : [`expected log_type to be one of ${JSON.stringify(known)}, got ${type}`];
        }),
        ...published.flatMap((one) => arnErrors(one, "cloudwatchLogGroupArn")),
        ...(audit && at(inputs, "advancedSecurityOptions.enabled") !== true
            ? ["ValidationException: Audit logs are available with fine-grained access control only."]
            : []),
    ];
    if (context.preview || errors.length > 0) {
        return errors;
    }
    const documents = (await context.others(LOG_POLICY)).map((one) => stringAt(one, "policyDocument") ?? "{}");
    const statements = documents.flatMap((one) => (JSON.parse(one) as { Statement?: Statement[] }).Statement ?? []);
    return published.flatMap((one) => {
        const group = stringAt(one, "cloudwatchLogGroupArn") ?? "";
        const allowed = statements.some((own) => allows(own, group, accountOf(context), domainArn(inputs, context)));
        return allowed
            ? []
            : [
                  `ValidationException: The Resource Access Policy specified for the CloudWatch Logs log group ${group.split(":").at(-1) ?? ""} ` +
                      "does not grant sufficient permissions for Amazon OpenSearch Service to create a log stream. " +
                      "Please check the Resource Access Policy.",
              ];
    });
}

/**
 * At most ten for a region, and 5,120 characters each:
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutResourcePolicy.html. The messages are the API's.
 */
async function policyErrors(inputs: Bag, context: RuleContext): Promise<string[]> {
    const { length } = stringAt(inputs, "policyDocument") ?? "";
    const others = (await context.others(LOG_POLICY)).filter(
        (one) => regionOf(one, context) === regionOf(inputs, context),
    );
    return [
        ...documentErrors(inputs, "policyDocument"),
        ...(length > 5120 ? ["InvalidParameterException: Resource policy must be 5120 characters or fewer"] : []),
        ...(others.length >= 10 ? ["LimitExceededException: Resource limit exceeded."] : []),
        ...(given(inputs, "policyName") || given(inputs, "resourceArn")
            ? []
            : ["one of `policy_name,resource_arn` must be specified"]),
    ];
}

/** The policy by which a service writes log groups. */
export const logPolicies: Readonly<Record<string, ResourceType>> = {
    [LOG_POLICY]: {
        required: ["policyDocument"],
        replaceOn: ["policyName", "resourceArn", "region"],
        refuse: policyErrors,
        id: (inputs) => stringAt(inputs, "policyName") ?? stringAt(inputs, "resourceArn") ?? "",
        computed: { region, policyScope: () => "ACCOUNT", revisionId: () => "" },
    },
};
