import type { ResourceType } from "../core/cloud";
import { numberAt, stringAt, type Bag } from "../core/value";
import { accountOf, arnErrors, documentErrors, region, regionOf, tagErrors, tagsAll } from "./common";

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html. */
function queueErrors(inputs: Bag): string[] {
    const seconds = numberAt(inputs, "messageRetentionSeconds");
    const valid = seconds === undefined || (seconds >= 60 && seconds <= 1_209_600);
    const both = inputs["sqsManagedSseEnabled"] === true && stringAt(inputs, "kmsMasterKeyId") !== undefined;
    return [
        ...(valid ? [] : [`expected message_retention_seconds to be in the range (60 - 1209600), got ${seconds}`]),
        ...(both ? ["InvalidAttributeValue: You can use one type of server-side encryption (SSE) at one time."] : []),
        ...tagErrors(inputs),
    ];
}

/**
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html,
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern.html
 */
function ruleErrors(inputs: Bag): string[] {
    const pattern = stringAt(inputs, "eventPattern");
    if (pattern === undefined && stringAt(inputs, "scheduleExpression") === undefined) {
        return ["one of `event_pattern,schedule_expression` must be specified"];
    }
    try {
        const parsed: unknown = JSON.parse(pattern ?? "{}");
        // The values of a pattern are lists; a string is the common mistake.
        const hasString = Object.values(parsed as Bag).some((value) => typeof value === "string");
        return hasString
            ? ["InvalidEventPatternException: Event pattern is not valid. Reason: must be an object or an array"]
            : [];
    } catch {
        return ["InvalidEventPatternException: Event pattern is not valid. Reason: not JSON"];
    }
}

export const events: Readonly<Record<string, ResourceType>> = {
    "aws:sqs/queue:Queue": {
        autoName: "name",
        replaceOn: ["name", "fifoQueue"],
        refuse: queueErrors,
        id: (inputs, context) =>
            `https://sqs.${regionOf(inputs, context)}.amazonaws.com/${accountOf(context)}/${stringAt(inputs, "name") ?? ""}`,
        computed: {
            arn: (inputs, _id, context) =>
                `arn:aws:sqs:${regionOf(inputs, context)}:${accountOf(context)}:${stringAt(inputs, "name") ?? ""}`,
            url: (_inputs, id) => id,
            region,
            tagsAll,
        },
    },
    "aws:sqs/queuePolicy:QueuePolicy": {
        required: ["queueUrl", "policy"],
        replaceOn: ["queueUrl"],
        refuse: (inputs) => documentErrors(inputs, "policy"),
        id: (inputs) => stringAt(inputs, "queueUrl") ?? "",
    },
    "aws:cloudwatch/eventRule:EventRule": {
        autoName: "name",
        replaceOn: ["name", "eventBusName"],
        refuse: (inputs) => [...ruleErrors(inputs), ...tagErrors(inputs)],
        id: (inputs) => stringAt(inputs, "name") ?? "",
        computed: {
            arn: (inputs, id, context) =>
                `arn:aws:events:${regionOf(inputs, context)}:${accountOf(context)}:rule/${id}`,
            region,
            tagsAll,
        },
    },
    "aws:cloudwatch/eventTarget:EventTarget": {
        required: ["rule", "arn"],
        replaceOn: ["rule", "eventBusName", "targetId"],
        refuse: (inputs) => arnErrors(inputs, "arn"),
        id: (inputs) => `${stringAt(inputs, "rule") ?? ""}-target`,
        computed: { targetId: (_inputs, id) => id, region },
    },
    "aws:iam/instanceProfile:InstanceProfile": {
        autoName: "name",
        replaceOn: ["name", "path"],
        refuse: (inputs) => {
            const role = stringAt(inputs, "role");
            // https://docs.aws.amazon.com/IAM/latest/APIReference/API_AddRoleToInstanceProfile.html: a name, no ARN.
            return role?.startsWith("arn:") === true
                ? [`ValidationError: The specified value for roleName is invalid: ${role}`]
                : tagErrors(inputs);
        },
        id: (inputs) => stringAt(inputs, "name") ?? "",
        computed: {
            arn: (_inputs, id, context) => `arn:aws:iam::${accountOf(context)}:instance-profile/${id}`,
            uniqueId: () => "AIPASTANDIN",
            tagsAll,
        },
    },
};
