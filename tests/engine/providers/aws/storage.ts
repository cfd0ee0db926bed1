import type { ResourceType, RuleContext } from "../core/cloud";
import { bagsAt, numberAt, stringAt, type Bag } from "../core/value";
import { arnErrors, documentErrors, region, tagErrors, tagsAll } from "./common";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_Transition.html. */
const CLASSES = ["DEEP_ARCHIVE", "GLACIER", "GLACIER_IR", "INTELLIGENT_TIERING", "ONEZONE_IA", "STANDARD_IA"];
/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ServerSideEncryptionByDefault.html. */
const ALGORITHMS = ["AES256", "aws:backup", "aws:fsx", "aws:kms", "aws:kms:dsse"];

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html. */
function bucketErrors(inputs: Bag): string[] {
    const name = stringAt(inputs, "bucket");
    const bad =
        name !== undefined &&
        (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) || /\.\.|^xn--|-s3alias$|^(\d+\.){3}\d+$/.test(name));
    return [...(bad ? [`InvalidBucketName: The specified bucket is not valid: ${name}`] : []), ...tagErrors(inputs)];
}

/**
 * Errors of S3 for a lifecycle rule: 30 days before the classes for infrequent access, and expiration after transition.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html
 */
function ruleErrors(rule: Bag): string[] {
    const transitions = bagsAt(rule, "transitions").map((transition) => ({
        storageClass: stringAt(transition, "storageClass") ?? "",
        days: numberAt(transition, "days") ?? 0,
    }));
    const expires = numberAt(rule, "expiration.days");
    return transitions.flatMap(({ storageClass, days }) => [
        ...(CLASSES.includes(storageClass)
            ? []
            : [`expected storage_class to be one of ${JSON.stringify(CLASSES)}, got ${storageClass}`]),
        ...(/^(STANDARD|ONEZONE)_IA$/.test(storageClass) && days < 30
            ? [
                  `InvalidArgument: 'Days' in Transition action must be greater than or equal to 30 ` +
                      `for storageClass '${storageClass}'`,
              ]
            : []),
        ...(expires !== undefined && expires <= days
            ? ["InvalidArgument: 'Days' in the Expiration action must be greater than 'Days' in the Transition action"]
            : []),
    ]);
}

function encryptionErrors(rule: Bag): string[] {
    const algorithm = stringAt(rule, "applyServerSideEncryptionByDefault.sseAlgorithm");
    const bad = algorithm !== undefined && !ALGORITHMS.includes(algorithm);
    return [
        ...(bad ? [`expected sse_algorithm to be one of ${JSON.stringify(ALGORITHMS)}, got ${algorithm}`] : []),
        ...arnErrors(rule, "applyServerSideEncryptionByDefault.kmsMasterKeyId"),
    ];
}

interface Statement {
    readonly Effect?: string;
    readonly Principal?: unknown;
    readonly Resource?: string | readonly string[];
    readonly Condition?: unknown;
}

/**
 * A bucket policy names its own bucket only (the message is not documented), and allows no public access that BlockPublicPolicy
 * prevents, which is taken to be on: https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html.
 */
function policyErrors(inputs: Bag): string[] {
    const malformed = documentErrors(inputs, "policy");
    const [text, bucket] = [stringAt(inputs, "policy"), stringAt(inputs, "bucket")];
    if (malformed.length > 0 || text === undefined) {
        return malformed;
    }
    const statements = (JSON.parse(text) as { Statement: readonly Statement[] }).Statement;
    const resources = statements.flatMap(({ Resource }) => Resource ?? []);
    const arn = `arn:aws:s3:::${bucket ?? ""}`;
    const foreign = bucket !== undefined && resources.some((one) => one !== arn && !one.startsWith(`${arn}/`));
    const isPublic = statements.some(
        ({ Effect, Principal, Condition }) => Effect === "Allow" && Principal === "*" && Condition === undefined,
    );
    return [
        ...(foreign ? ["MalformedPolicy: Policy has invalid resource"] : []),
        ...(isPublic ? ["AccessDenied: public policies are prevented by the BlockPublicPolicy setting"] : []),
    ];
}

const VERSIONING = "aws:s3/bucketVersioning:BucketVersioning";

async function hasVersioning(context: RuleContext, bucket: string): Promise<boolean> {
    if (context.preview) {
        return true;
    }
    const found = await context.byId(VERSIONING, bucket);
    return stringAt(found, "versioningConfiguration.status") === "Enabled";
}

/**
 * Both buckets need versioning: https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-requirements.html.
 * Replication time is 15 minutes: https://docs.aws.amazon.com/AmazonS3/latest/API/API_ReplicationTimeValue.html.
 */
async function replicationErrors(inputs: Bag, context: RuleContext): Promise<string[]> {
    const source = stringAt(inputs, "bucket");
    const errors = arnErrors(inputs, "role");
    if (source !== undefined && !(await hasVersioning(context, source))) {
        errors.push("InvalidRequest: Versioning must be 'Enabled' on the bucket to apply a replication configuration");
    }
    for (const rule of bagsAt(inputs, "rules")) {
        const target = stringAt(rule, "destination.bucket");
        errors.push(...arnErrors(rule, "destination.bucket"));
        if (target !== undefined && !(await hasVersioning(context, target.replace("arn:aws:s3:::", "")))) {
            errors.push("InvalidRequest: Destination bucket must have versioning enabled.");
        }
        const minutes = numberAt(rule, "destination.replicationTime.time.minutes");
        if (minutes !== undefined && minutes !== 15) {
            errors.push(`expected minutes to be one of [15], got ${minutes}`);
        }
    }
    return errors;
}

/** A resource with one setting of a bucket; its id is the bucket's name. */
function setting(required: readonly string[], refuse: ResourceType["refuse"] = () => []): ResourceType {
    return {
        required: ["bucket", ...required],
        replaceOn: ["bucket"],
        refuse,
        id: (inputs) => stringAt(inputs, "bucket") ?? "",
    };
}

/** A version of an object that Object Lock protects; written by tests. */
export const LOCKED_VERSION = "aws:s3:lockedVersion";

/**
 * S3 deletes no bucket with object versions, and no version before the end of its retention, except for a principal with
 * s3:BypassGovernanceRetention, which the deployer's policy does not grant.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html
 */
async function lockErrors(_inputs: Bag, context: RuleContext, id: string): Promise<string[]> {
    const locked = (await context.others(LOCKED_VERSION)).some((version) => stringAt(version, "bucket") === id);
    return locked ? ["AccessDenied: Access Denied because object protected by object lock."] : [];
}

const oneOf = (field: string, allowed: readonly string[]) => (inputs: Bag) => {
    const value = stringAt(inputs, field);
    return value === undefined || allowed.includes(value)
        ? []
        : [`expected ${field} to be one of ${JSON.stringify(allowed)}, got ${value}`];
};

/** S3. */
export const storage: Readonly<Record<string, ResourceType>> = {
    "aws:s3/bucket:Bucket": {
        autoName: "bucket",
        replaceOn: ["bucket", "objectLockEnabled"],
        refuse: bucketErrors,
        refuseDelete: lockErrors,
        id: (inputs) => stringAt(inputs, "bucket") ?? "",
        computed: {
            arn: (_inputs, id) => `arn:aws:s3:::${id}`,
            bucketDomainName: (_inputs, id) => `${id}.s3.amazonaws.com`,
            region,
            tagsAll,
        },
    },
    [VERSIONING]: setting(
        ["versioningConfiguration.status"],
        // Disabled is the provider's word for a bucket that never had versioning.
        // https://docs.aws.amazon.com/AmazonS3/latest/API/API_VersioningConfiguration.html
        oneOf("versioningConfiguration.status", ["Enabled", "Suspended", "Disabled"]),
    ),
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls": setting(
        ["rule.objectOwnership"],
        // https://docs.aws.amazon.com/AmazonS3/latest/API/API_OwnershipControlsRule.html
        oneOf("rule.objectOwnership", ["BucketOwnerPreferred", "ObjectWriter", "BucketOwnerEnforced"]),
    ),
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": setting([]),
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": setting(
        ["rules"],
        (inputs) => bagsAt(inputs, "rules").flatMap(encryptionErrors),
    ),
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": setting(["rules"], (inputs) =>
        bagsAt(inputs, "rules").flatMap(ruleErrors),
    ),
    "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration": setting(
        [],
        // https://docs.aws.amazon.com/AmazonS3/latest/API/API_DefaultRetention.html
        oneOf("rule.defaultRetention.mode", ["COMPLIANCE", "GOVERNANCE"]),
    ),
    "aws:s3/bucketLogging:BucketLogging": setting(["targetBucket", "targetPrefix"], async (inputs, context) => {
        const target = stringAt(inputs, "targetBucket");
        // https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
        const exists =
            target === undefined ||
            context.preview ||
            (await context.byId("aws:s3/bucket:Bucket", target)) !== undefined;
        return exists ? [] : ["InvalidTargetBucketForLogging: The target bucket for logging does not exist"];
    }),
    "aws:s3/bucketPolicy:BucketPolicy": setting(["policy"], policyErrors),
    "aws:s3/bucketReplicationConfig:BucketReplicationConfig": setting(["role", "rules"], replicationErrors),
};
