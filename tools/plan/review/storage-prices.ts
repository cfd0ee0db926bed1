/**
 * List prices of stored data by class, USD a GB and month: Google's of Iowa (us-central1), Amazon's of Northern Virginia
 * (us-east-1), as published in mid-2026. Other regions are up to a quarter dearer; a bucket in two regions costs about
 * twice as much. Requests, retrieval and the shortest time that a class is paid for come on top (CO-01).
 */
export const storagePrices: Readonly<Record<string, number>> = {
    "gcs STANDARD": 0.02,
    "gcs NEARLINE": 0.01,
    "gcs COLDLINE": 0.004,
    "gcs ARCHIVE": 0.0012,
    "s3 STANDARD": 0.023,
    "s3 STANDARD_IA": 0.0125,
    "s3 GLACIER_IR": 0.004,
    "s3 GLACIER": 0.0036,
    "s3 DEEP_ARCHIVE": 0.00099,
};
