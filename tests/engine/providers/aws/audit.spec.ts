import assert from "node:assert/strict";
import { createIn, fresh, itRefuses, targetOf } from "../core/testing";
import type { Bag } from "../core/value";
import { aws } from "./cloud";
import { SETTINGS } from "./fixtures";

const TRAIL = "aws:cloudtrail/trail:Trail";
const DETECTOR = "aws:guardduty/detector:Detector";
const FEATURE = "aws:guardduty/detectorFeature:DetectorFeature";

const arn = (name: string): string => `arn:aws:cloudtrail:us-east-1:111111111111:trail/${name}`;
const key = "arn:aws:kms:us-east-1:111111111111:key/0123456789abcdef0";
const trail: Bag = { name: "shop", s3BucketName: "records" };
const bucket = { type: "aws:s3/bucket:Bucket", name: "records", inputs: { bucket: "records" } };

function policy(named: string, folder = "AWSLogs/111111111111/*") {
    const Condition = { StringEquals: { "aws:SourceArn": arn(named) } };
    const allow = { Effect: "Allow", Principal: { Service: "cloudtrail.amazonaws.com" }, Condition };
    const Statement = [
        { ...allow, Action: "s3:GetBucketAcl", Resource: "arn:aws:s3:::records" },
        { ...allow, Action: "s3:PutObject", Resource: `arn:aws:s3:::records/${folder}` },
    ];
    const inputs = { bucket: "records", policy: JSON.stringify({ Version: "2012-10-17", Statement }) };
    return { type: "aws:s3/bucketPolicy:BucketPolicy", name: "records", inputs };
}

const insufficient = "InsufficientS3BucketPolicyException: Incorrect S3 bucket policy is detected for bucket: records";
const selecting = (selector: Bag): Bag => ({ ...trail, eventSelectors: [selector] });
const recording = (type: string, value: string): Bag => selecting({ dataResources: [{ type, values: [value] }] });

describe("engine stand-ins: aws audit refusals", () => {
    itRefuses(aws, SETTINGS, [
        {
            what: "refuses a trail to a missing bucket",
            type: TRAIL,
            inputs: trail,
            message: "S3BucketDoesNotExistException: S3 bucket records does not exist!",
        },
        {
            what: "refuses a trail to a bucket without a policy (SC-12)",
            type: TRAIL,
            inputs: trail,
            before: [bucket],
            message: insufficient,
        },
        {
            what: "refuses a trail to a bucket whose policy names another trail",
            type: TRAIL,
            inputs: trail,
            before: [bucket, policy("other")],
            message: insufficient,
        },
        {
            what: "refuses a trail to a bucket whose policy names another account's folder",
            type: TRAIL,
            inputs: trail,
            before: [bucket, policy("shop", "AWSLogs/222222222222/*")],
            message: insufficient,
        },
        {
            what: "refuses a trail with a key id instead of an ARN",
            type: TRAIL,
            inputs: { ...trail, kmsKeyId: "0123456789abcdef0" },
            before: [bucket, policy("shop")],
            message: '"kmsKeyId" (0123456789abcdef0) is an invalid ARN: arn: invalid prefix',
        },
        {
            what: "refuses a trail with a key whose policy does not allow it",
            type: TRAIL,
            inputs: { ...trail, kmsKeyId: key },
            before: [bucket, policy("shop")],
            message:
                "InsufficientEncryptionPolicyException: Insufficient permissions to access S3 bucket records or KMS " +
                `key ${key}.`,
        },
        {
            what: "refuses a trail's name that is an address",
            type: TRAIL,
            inputs: { ...trail, name: "192.168.5.4" },
            message: "InvalidTrailNameException: Trail name 192.168.5.4 is not valid.",
        },
        {
            what: "refuses a trail's name with a space",
            type: TRAIL,
            inputs: { ...trail, name: "all regions" },
            message: "InvalidTrailNameException: Trail name all regions is not valid.",
        },
        {
            what: "refuses a multi-region trail without global service events",
            type: TRAIL,
            inputs: { ...trail, isMultiRegionTrail: true, includeGlobalServiceEvents: false },
            message: "InvalidParameterCombinationException: Multi-Region trail must include global service events.",
        },
        {
            what: "refuses a trail with basic and advanced event selectors",
            type: TRAIL,
            inputs: { ...selecting({}), advancedEventSelectors: [{ fieldSelectors: [] }] },
            message: '"advanced_event_selector": conflicts with event_selector',
        },
        {
            what: "refuses an unknown read/write type",
            type: TRAIL,
            inputs: selecting({ readWriteType: "Writes" }),
            message: 'expected read_write_type to be one of ["All","ReadOnly","WriteOnly"], got Writes',
        },
        {
            what: "refuses a data resource type without data events",
            type: TRAIL,
            inputs: recording("AWS::S3::Bucket", "arn:aws:s3:::shop/"),
            message:
                'expected type to be one of ["AWS::DynamoDB::Table","AWS::Lambda::Function","AWS::S3::Object"], ' +
                "got AWS::S3::Bucket",
        },
        {
            what: "refuses a data resource with a bucket name instead of an ARN",
            type: TRAIL,
            inputs: recording("AWS::S3::Object", "shop"),
            message: "InvalidEventSelectorsException: Value shop for DataResources.Values is invalid.",
        },
        {
            what: "refuses a second detector in the account and region (E15)",
            type: DETECTOR,
            inputs: { enable: true },
            before: [{ type: DETECTOR, name: "other", inputs: { enable: true } }],
            message:
                "BadRequestException: The request is rejected because a detector already exists for the current account.",
        },
        {
            what: "refuses an unknown publishing frequency",
            type: DETECTOR,
            inputs: { findingPublishingFrequency: "ONE_DAY" },
            message:
                'expected finding_publishing_frequency to be one of ["FIFTEEN_MINUTES","ONE_HOUR","SIX_HOURS"], ' +
                "got ONE_DAY",
        },
        {
            what: "refuses a feature of a detector of another account",
            type: FEATURE,
            inputs: { detectorId: "0".repeat(32), name: "EKS_AUDIT_LOGS", status: "ENABLED" },
            message:
                "BadRequestException: The request is rejected because the input detectorId is not owned by the " +
                "current account.",
        },
        {
            what: "refuses an unknown feature",
            type: FEATURE,
            inputs: { name: "EKS_AUDIT", status: "ENABLED", detectorId: "0".repeat(32) },
            message:
                'expected name to be one of ["AI_ANALYST","AI_PROTECTION","EBS_MALWARE_PROTECTION","EKS_AUDIT_LOGS","EKS_RUNTIME_MONITORING",' +
                '"LAMBDA_NETWORK_LOGS","RDS_LOGIN_EVENTS","RUNTIME_MONITORING","S3_DATA_EVENTS"], got EKS_AUDIT; ' +
                "BadRequestException: The request is rejected because the input detectorId is not owned by the " +
                "current account.",
        },
    ]);
});

describe("engine stand-ins: aws audit", () => {
    it("accepts a trail to a bucket whose policy names it", async () => {
        const { provider } = await fresh(aws, SETTINGS);
        for (const { type, name, inputs } of [bucket, policy("shop")]) {
            await createIn(provider, targetOf(type, name), inputs);
        }
        const created = await createIn(provider, targetOf(TRAIL), recording("AWS::S3::Object", "arn:aws:s3:::shop/"));
        assert.equal(created["arn"], arn("shop"));
    });

    it("accepts a second detector in another region", async () => {
        const { provider } = await fresh(aws, SETTINGS);
        await createIn(provider, targetOf(DETECTOR, "other"), { region: "us-west-2" });
        const created = await createIn(provider, targetOf(DETECTOR), { enable: true });
        assert.match(created["arn"] as string, /^arn:aws:guardduty:us-east-1:111111111111:detector\/[0-9a-f]{32}$/);
    });
});
