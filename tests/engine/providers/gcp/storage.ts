import type { ResourceType } from "../core/cloud";
import { bagAt, bagsAt, numberAt, stringAt, stringsAt, type Bag } from "../core/value";
import { grant } from "./identity";
import { labelErrors, projectOf } from "./names";

/** https://docs.cloud.google.com/storage/docs/storage-classes. */
const CLASSES = ["STANDARD", "NEARLINE", "COLDLINE", "ARCHIVE", "MULTI_REGIONAL", "REGIONAL"];

/** Multi-region locations with the prefix of their regions and the location of their keys. */
const MULTI_REGIONS: Readonly<Record<string, { readonly regions: string; readonly keys: string }>> = {
    US: { regions: "US-", keys: "us" },
    EU: { regions: "EUROPE-", keys: "europe" },
    ASIA: { regions: "ASIA-", keys: "asia" },
};

/** https://docs.cloud.google.com/storage/docs/buckets#naming. */
function nameErrors(inputs: Bag): string[] {
    const name = stringAt(inputs, "name");
    const bad = name !== undefined && (!/^[a-z0-9][-_.a-z0-9]{1,61}[a-z0-9]$/.test(name) || /^goog|google/.test(name));
    return bad ? [`Invalid bucket name: '${name}'`] : [];
}

function classErrors(inputs: Bag): string[] {
    const own = stringAt(inputs, "storageClass");
    const transitions = bagsAt(inputs, "lifecycleRules").map((rule) => stringAt(rule, "action.storageClass"));
    return [own, ...transitions]
        .filter((name) => name !== undefined && !CLASSES.includes(name))
        .map((name) => `Invalid argument: '${name ?? ""}' is not a storage class`);
}

/**
 * Errors of the bucket's location, its dual-region placement and the location of its key.
 * https://docs.cloud.google.com/storage/docs/locations, https://docs.cloud.google.com/storage/docs/managing-turbo-replication,
 * https://docs.cloud.google.com/storage/docs/encryption/customer-managed-keys
 */
function locationErrors(inputs: Bag): string[] {
    const location = stringAt(inputs, "location")?.toUpperCase() ?? "";
    const multiRegion = MULTI_REGIONS[location];
    const pair = stringsAt(inputs, "customPlacementConfig.dataLocations");
    const errors: string[] = [];
    if (pair.length > 0) {
        const outside = multiRegion === undefined || pair.some((region) => !region.startsWith(multiRegion.regions));
        if (pair.length !== 2 || outside) {
            errors.push(`Invalid custom placement config: ${pair.join(", ")} are not two regions of ${location}`);
        }
    } else if (stringAt(inputs, "rpo") === "ASYNC_TURBO") {
        errors.push("RPO ASYNC_TURBO is only available for dual-region buckets");
    }
    const key = /\/locations\/([^/]+)\//.exec(stringAt(inputs, "encryption.defaultKmsKeyName") ?? "")?.[1];
    if (key !== undefined && key !== (multiRegion?.keys ?? location.toLowerCase())) {
        errors.push(`Cloud KMS region '${key}' not available for use with GCS region '${location}'.`);
    }
    return errors;
}

/** https://docs.cloud.google.com/storage/docs/soft-delete: 7 to 90 days, or 0. */
function softDeleteErrors(inputs: Bag): string[] {
    const seconds = numberAt(inputs, "softDeletePolicy.retentionDurationSeconds");
    const bad = seconds !== undefined && seconds !== 0 && (seconds < 604_800 || seconds > 7_776_000);
    return bad ? [`soft delete retention duration must be 0 or from 604800 to 7776000 seconds, got ${seconds}`] : [];
}

/** Cloud Storage. */
export const storage: Readonly<Record<string, ResourceType>> = {
    "gcp:storage/bucket:Bucket": {
        autoName: "name",
        required: ["location"],
        replaceOn: ["name", "location", "project", "customPlacementConfig"],
        refuse: (inputs) => [
            ...nameErrors(inputs),
            ...classErrors(inputs),
            ...locationErrors(inputs),
            ...softDeleteErrors(inputs),
            ...labelErrors(bagAt(inputs, "labels"), "labels"),
        ],
        id: (inputs) => stringAt(inputs, "name") ?? "",
        computed: {
            url: (_inputs, id) => `gs://${id}`,
            selfLink: (_inputs, id) => `https://www.googleapis.com/storage/v1/b/${id}`,
            project: (inputs, _id, context) => projectOf(inputs, context),
            projectNumber: () => 123456789012,
        },
    },
    "gcp:storage/bucketIAMMember:BucketIAMMember": grant("bucket"),
};
