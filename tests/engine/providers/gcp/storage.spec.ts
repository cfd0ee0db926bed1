import { itRefuses } from "../core/testing";
import type { Bag } from "../core/value";
import { gcp } from "./cloud";
import { SETTINGS } from "./fixtures";

const BUCKET = "gcp:storage/bucket:Bucket";
const key = (location: string): Bag => ({
    defaultKmsKeyName: `projects/shop-test/locations/${location}/keyRings/ring/cryptoKeys/key`,
});

describe("engine stand-ins: gcp storage refusals", () => {
    itRefuses(gcp, SETTINGS, [
        {
            what: "refuses a bucket name with capital letters",
            type: BUCKET,
            inputs: { name: "Shop", location: "US" },
            message: "Invalid bucket name: 'Shop'",
        },
        {
            what: "refuses a bucket name that contains google",
            type: BUCKET,
            inputs: { name: "my-google-shop", location: "US" },
            message: "Invalid bucket name: 'my-google-shop'",
        },
        {
            what: "refuses an unknown storage class",
            type: BUCKET,
            inputs: {
                name: "shop",
                location: "US",
                lifecycleRules: [
                    { action: { type: "SetStorageClass", storageClass: "GLACIER" }, condition: { age: 90 } },
                ],
            },
            message: "Invalid argument: 'GLACIER' is not a storage class",
        },
        {
            what: "refuses a dual-region of two multi-regions (CL-18)",
            type: BUCKET,
            inputs: {
                name: "shop",
                location: "US",
                customPlacementConfig: { dataLocations: ["US-CENTRAL1", "EUROPE-WEST1"] },
            },
            message: "Invalid custom placement config: US-CENTRAL1, EUROPE-WEST1 are not two regions of US",
        },
        {
            what: "refuses a dual-region in a single region location",
            type: BUCKET,
            inputs: {
                name: "shop",
                location: "US-CENTRAL1",
                customPlacementConfig: { dataLocations: ["US-CENTRAL1", "US-EAST1"] },
            },
            message: "Invalid custom placement config: US-CENTRAL1, US-EAST1 are not two regions of US-CENTRAL1",
        },
        {
            what: "refuses turbo replication for a single-region bucket",
            type: BUCKET,
            inputs: { name: "shop", location: "US-CENTRAL1", rpo: "ASYNC_TURBO" },
            message: "RPO ASYNC_TURBO is only available for dual-region buckets",
        },
        {
            what: "refuses a regional key for a multi-region bucket",
            type: BUCKET,
            inputs: { name: "shop", location: "US", encryption: key("us-central1") },
            message: "Cloud KMS region 'us-central1' not available for use with GCS region 'US'.",
        },
        {
            what: "refuses a key of another region",
            type: BUCKET,
            inputs: { name: "shop", location: "europe-west1", encryption: key("us-central1") },
            message: "Cloud KMS region 'us-central1' not available for use with GCS region 'EUROPE-WEST1'.",
        },
        {
            what: "refuses a soft-delete retention below 7 days",
            type: BUCKET,
            inputs: { name: "shop", location: "US", softDeletePolicy: { retentionDurationSeconds: 86_400 } },
            message: "soft delete retention duration must be 0 or from 604800 to 7776000 seconds, got 86400",
        },
        {
            what: "refuses an e-mail without prefix as a member of a bucket",
            type: "gcp:storage/bucketIAMMember:BucketIAMMember",
            inputs: { bucket: "shop", role: "roles/storage.objectViewer", member: "a@example.com" },
            message:
                "invalid value for member (IAM members must have one of the values outlined in the documentation), " +
                "got a@example.com",
        },
    ]);
});
