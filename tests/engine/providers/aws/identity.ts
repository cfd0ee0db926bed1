import { createHash } from "node:crypto";
import type { ResourceType } from "../core/cloud";
import { given, numberAt, stringAt, type Bag } from "../core/value";
import {
    accountOf,
    arnErrors,
    documentErrors,
    ec2Arn,
    generatedId,
    region,
    regionOf,
    tagErrors,
    tagsAll,
} from "./common";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html. */
function roleErrors(inputs: Bag): string[] {
    const name = stringAt(inputs, "name");
    const bad = name !== undefined && !/^[\w+=,.@-]{1,64}$/.test(name);
    const errors = bad
        ? [`invalid value for name (must be alphanumeric and +=,.@-_, at most 64 characters): ${name}`]
        : [];
    return [...errors, ...documentErrors(inputs, "assumeRolePolicy"), ...tagErrors(inputs)];
}

/**
 * https://docs.aws.amazon.com/kms/latest/APIReference/API_EnableKeyRotation.html,
 * https://docs.aws.amazon.com/kms/latest/APIReference/API_ScheduleKeyDeletion.html
 */
function keyErrors(inputs: Bag): string[] {
    const period = numberAt(inputs, "rotationPeriodInDays");
    const rotation =
        period === undefined || (period >= 90 && period <= 2560)
            ? []
            : [`expected rotation_period_in_days to be in the range (90 - 2560), got ${period}`];
    const window = numberAt(inputs, "deletionWindowInDays");
    const deletion =
        window === undefined || (window >= 7 && window <= 30)
            ? []
            : [`expected deletion_window_in_days to be in the range (7 - 30), got ${window}`];
    return [...rotation, ...deletion, ...documentErrors(inputs, "policy"), ...tagErrors(inputs)];
}

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html; 0 is the provider's "never". */
const RETENTION = [
    0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** A version derived from the inputs, so that a changed template has a new version and updates its node groups. */
function latestVersion(inputs: Bag): number {
    return createHash("sha256").update(JSON.stringify(inputs)).digest().readUInt16BE() + 1;
}

export const identity: Readonly<Record<string, ResourceType>> = {
    "aws:iam/role:Role": {
        autoName: "name",
        required: ["assumeRolePolicy"],
        replaceOn: ["name", "path"],
        refuse: roleErrors,
        id: (inputs) => stringAt(inputs, "name") ?? "",
        computed: {
            arn: (inputs, id, context) =>
                `arn:aws:iam::${accountOf(context)}:role${stringAt(inputs, "path") ?? "/"}${id}`,
            uniqueId: () => "AROASTANDIN",
            createDate: () => "2026-01-01T00:00:00Z",
            tagsAll,
        },
    },
    "aws:iam/policy:Policy": {
        autoName: "name",
        required: ["policy"],
        replaceOn: ["name", "path", "description"],
        refuse: (inputs) => [...documentErrors(inputs, "policy"), ...tagErrors(inputs)],
        id: (inputs, context) => `arn:aws:iam::${accountOf(context)}:policy/${stringAt(inputs, "name") ?? ""}`,
        computed: { arn: (_inputs, id) => id, tagsAll },
    },
    "aws:iam/rolePolicy:RolePolicy": {
        autoName: "name",
        required: ["role", "policy"],
        replaceOn: ["name", "role"],
        refuse: (inputs) => documentErrors(inputs, "policy"),
        id: (inputs) => `${stringAt(inputs, "role") ?? ""}:${stringAt(inputs, "name") ?? ""}`,
    },
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": {
        required: ["role", "policyArn"],
        replaceOn: ["role", "policyArn"],
        refuse: (inputs) => arnErrors(inputs, "policyArn"),
        id: (inputs) => `${stringAt(inputs, "role") ?? ""}/${stringAt(inputs, "policyArn") ?? ""}`,
    },
    "aws:kms/key:Key": {
        refuse: keyErrors,
        id: (inputs, context) => generatedId("key")(inputs, context).replace("key-", ""),
        computed: {
            arn: (inputs, id, context) => `arn:aws:kms:${regionOf(inputs, context)}:${accountOf(context)}:key/${id}`,
            keyId: (_inputs, id) => id,
            region,
            tagsAll,
        },
    },
    "aws:kms/alias:Alias": {
        autoName: "name",
        required: ["targetKeyId"],
        replaceOn: ["name"],
        refuse: (inputs) => {
            const name = stringAt(inputs, "name");
            // https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateAlias.html
            return name === undefined || /^alias\/(?!aws\/)[\w/-]+$/.test(name)
                ? []
                : [`"name" must begin with 'alias/' and be comprised of only [a-zA-Z0-9/_-]: ${name}`];
        },
        id: (inputs) => stringAt(inputs, "name") ?? "",
        computed: {
            arn: (inputs, id, context) => `arn:aws:kms:${regionOf(inputs, context)}:${accountOf(context)}:${id}`,
        },
    },
    "aws:cloudwatch/logGroup:LogGroup": {
        autoName: "name",
        replaceOn: ["name"],
        refuse: (inputs) => {
            const days = numberAt(inputs, "retentionInDays");
            const bad = days !== undefined && !RETENTION.includes(days);
            return [
                ...(bad ? [`expected retention_in_days to be one of ${JSON.stringify(RETENTION)}, got ${days}`] : []),
                ...tagErrors(inputs),
            ];
        },
        id: (inputs) => stringAt(inputs, "name") ?? "",
        computed: {
            arn: (inputs, id, context) =>
                `arn:aws:logs:${regionOf(inputs, context)}:${accountOf(context)}:log-group:${id}`,
            region,
            tagsAll,
        },
    },
    "aws:ec2/launchTemplate:LaunchTemplate": {
        autoName: "name",
        replaceOn: ["name"],
        refuse: (inputs) => {
            // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_LaunchTemplateInstanceMetadataOptionsRequest.html
            const tokens = given(inputs, "metadataOptions")
                ? stringAt(inputs, "metadataOptions.httpTokens")
                : "required";
            const known = tokens === undefined || ["required", "optional"].includes(tokens);
            return [
                ...(known ? [] : [`expected http_tokens to be required or optional, got ${tokens}`]),
                ...tagErrors(inputs),
            ];
        },
        id: generatedId("lt"),
        computed: { arn: ec2Arn("launch-template"), latestVersion, defaultVersion: latestVersion, region, tagsAll },
    },
};
