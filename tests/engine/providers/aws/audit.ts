import { createHash } from "node:crypto";
import type { ResourceType, RuleContext } from "../core/cloud";
import { bagsAt, stringAt, stringsAt, type Bag } from "../core/value";
import { accountOf, arnErrors, region, regionOf, tagErrors, tagsAll } from "./common";

const BUCKET = "aws:s3/bucket:Bucket";
const DETECTOR = "aws:guardduty/detector:Detector";

interface Statement {
    readonly Effect?: string;
    readonly Principal?: { readonly Service?: string };
    readonly Action?: string;
    readonly Resource?: string;
    readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** Whether a policy document allows CloudTrail an action; a condition on the trail must name this one. */
function allowsTrail(document: string | undefined, action: string, resource: string, trail: string): boolean {
    const statements = document === undefined ? [] : (JSON.parse(document) as { Statement: Statement[] }).Statement;
    return statements.some(
        ({ Effect, Principal, Action, Resource, Condition }) =>
            Effect === "Allow" &&
            Principal?.Service === "cloudtrail.amazonaws.com" &&
            Action === action &&
            Resource === resource &&
            (Condition?.["StringEquals"]?.["aws:SourceArn"] ?? trail) === trail,
    );
}

const trailArn = (inputs: Bag, context: RuleContext): string =>
    `arn:aws:cloudtrail:${regionOf(inputs, context)}:${accountOf(context)}:trail/${stringAt(inputs, "name") ?? ""}`;

/**
 * CloudTrail validates access to the bucket and the key before it creates a trail.
 * https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_CreateTrail.html,
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html, create-kms-key-policy-for-cloudtrail.html
 */
async function deliveryErrors(inputs: Bag, context: RuleContext): Promise<string[]> {
    const [bucket, key] = [stringAt(inputs, "s3BucketName"), stringAt(inputs, "kmsKeyId")];
    if (bucket === undefined || stringAt(inputs, "name") === undefined || context.preview) {
        return [];
    }
    if ((await context.byId(BUCKET, bucket)) === undefined) {
        return [`S3BucketDoesNotExistException: S3 bucket ${bucket} does not exist!`];
    }
    const arn = `arn:aws:s3:::${bucket}`;
    const policy = stringAt(await context.byId("aws:s3/bucketPolicy:BucketPolicy", bucket), "policy");
    const trail = trailArn(inputs, context);
    const folder = `${arn}/AWSLogs/${accountOf(context)}/*`;
    if (!allowsTrail(policy, "s3:GetBucketAcl", arn, trail) || !allowsTrail(policy, "s3:PutObject", folder, trail)) {
        return [`InsufficientS3BucketPolicyException: Incorrect S3 bucket policy is detected for bucket: ${bucket}`];
    }
    const keyPolicy = stringAt(await context.byId("aws:kms/key:Key", key?.split("/").at(-1) ?? ""), "policy");
    return key === undefined || allowsTrail(keyPolicy, "kms:GenerateDataKey*", "*", trail)
        ? []
        : [
              `InsufficientEncryptionPolicyException: Insufficient permissions to access S3 bucket ${bucket} ` +
                  `or KMS key ${key}.`,
          ];
}

/** Of basic event selectors: https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_DataResource.html. */
const DATA_RESOURCES = ["AWS::DynamoDB::Table", "AWS::Lambda::Function", "AWS::S3::Object"];

function selectorErrors(selector: Bag): string[] {
    const kind = stringAt(selector, "readWriteType");
    const kinds = ["All", "ReadOnly", "WriteOnly"];
    return [
        ...(kind === undefined || kinds.includes(kind)
            ? []
            : [`expected read_write_type to be one of ${JSON.stringify(kinds)}, got ${kind}`]),
        ...bagsAt(selector, "dataResources").flatMap((resource) => {
            const type = stringAt(resource, "type");
            // The values are ARN prefixes: without the slash they would match other buckets, so it is required.
            const bad = stringsAt(resource, "values").filter(
                (value) => type === "AWS::S3::Object" && !/^arn:aws:s3(:::[^/]+\/.*)?$/.test(value),
            );
            return [
                ...(type === undefined || DATA_RESOURCES.includes(type)
                    ? []
                    : [`expected type to be one of ${JSON.stringify(DATA_RESOURCES)}, got ${type}`]),
                ...bad.map(
                    (value) => `InvalidEventSelectorsException: Value ${value} for DataResources.Values is invalid.`,
                ),
            ];
        }),
    ];
}

/**
 * Names: https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_CreateTrail.html. That a trail of all regions needs global events is not documented; the
 * message is from memory.
 */
function trailErrors(inputs: Bag): string[] {
    const name = stringAt(inputs, "name");
    const validName =
        name === undefined ||
        (name.length <= 128 && /^[A-Za-z0-9](?:[._-]?[A-Za-z0-9]){2,}$/.test(name) && !/^\d+(\.\d+){3}$/.test(name));
    const withoutGlobal = inputs["isMultiRegionTrail"] === true && inputs["includeGlobalServiceEvents"] === false;
    const both = bagsAt(inputs, "eventSelectors").length > 0 && bagsAt(inputs, "advancedEventSelectors").length > 0;
    return [
        ...(validName ? [] : [`InvalidTrailNameException: Trail name ${name} is not valid.`]),
        ...(withoutGlobal
            ? ["InvalidParameterCombinationException: Multi-Region trail must include global service events."]
            : []),
        ...(both ? ['"advanced_event_selector": conflicts with event_selector'] : []),
        ...arnErrors(inputs, "kmsKeyId"),
        ...bagsAt(inputs, "eventSelectors").flatMap(selectorErrors),
        ...tagErrors(inputs),
    ];
}

/** https://docs.aws.amazon.com/guardduty/latest/APIReference/API_CreateDetector.html, with one detector per region. */
const PERIODS = ["FIFTEEN_MINUTES", "ONE_HOUR", "SIX_HOURS"];
/** https://docs.aws.amazon.com/guardduty/latest/APIReference/API_DetectorFeatureConfiguration.html. */
const FEATURES = [
    "AI_ANALYST",
    "AI_PROTECTION",
    "EBS_MALWARE_PROTECTION",
    "EKS_AUDIT_LOGS",
    "EKS_RUNTIME_MONITORING",
    "LAMBDA_NETWORK_LOGS",
    "RDS_LOGIN_EVENTS",
    "RUNTIME_MONITORING",
    "S3_DATA_EVENTS",
];

async function detectorErrors(inputs: Bag, context: RuleContext): Promise<string[]> {
    const period = stringAt(inputs, "findingPublishingFrequency");
    const here = regionOf(inputs, context);
    const others = await context.others(DETECTOR);
    return [
        ...(period === undefined || PERIODS.includes(period)
            ? []
            : [`expected finding_publishing_frequency to be one of ${JSON.stringify(PERIODS)}, got ${period}`]),
        ...(others.some((other) => regionOf(other, context) === here)
            ? [
                  "BadRequestException: The request is rejected because a detector already exists for the current account.",
              ]
            : []),
        ...tagErrors(inputs),
    ];
}

/** Messages of GuardDuty are not documented. */
async function featureErrors(inputs: Bag, context: RuleContext): Promise<string[]> {
    const oneOf = (field: string, allowed: readonly string[]): string[] => {
        const value = stringAt(inputs, field);
        return value === undefined || allowed.includes(value)
            ? []
            : [`expected ${field} to be one of ${JSON.stringify(allowed)}, got ${value}`];
    };
    const detector = stringAt(inputs, "detectorId");
    const owned = detector === undefined || (await context.byId(DETECTOR, detector)) !== undefined;
    return [
        ...oneOf("name", FEATURES),
        ...oneOf("status", ["ENABLED", "DISABLED"]),
        ...(owned
            ? []
            : [
                  "BadRequestException: The request is rejected because the input detectorId is not owned by the current account.",
              ]),
    ];
}

/** CloudTrail and GuardDuty. */
export const audit: Readonly<Record<string, ResourceType>> = {
    "aws:cloudtrail/trail:Trail": {
        autoName: "name",
        required: ["s3BucketName"],
        replaceOn: ["name"],
        refuse: async (inputs, context) => {
            const errors = trailErrors(inputs);
            return errors.length > 0 ? errors : deliveryErrors(inputs, context);
        },
        id: (inputs, context) => trailArn(inputs, context),
        computed: {
            arn: (_inputs, id) => id,
            homeRegion: region,
            region,
            snsTopicArn: () => "",
            tagsAll,
        },
    },
    [DETECTOR]: {
        refuse: detectorErrors,
        id: (_inputs, context) => createHash("sha256").update(context.urn).digest("hex").slice(0, 32),
        computed: {
            accountId: (_inputs, _id, context) => accountOf(context),
            arn: (inputs, id, context) =>
                `arn:aws:guardduty:${regionOf(inputs, context)}:${accountOf(context)}:detector/${id}`,
            region,
            tagsAll,
        },
    },
    "aws:guardduty/detectorFeature:DetectorFeature": {
        required: ["detectorId", "name", "status"],
        replaceOn: ["detectorId", "name"],
        refuse: featureErrors,
        id: (inputs) => `${stringAt(inputs, "detectorId") ?? ""}/${stringAt(inputs, "name") ?? ""}`,
        computed: { region },
    },
};
