/**
 * List prices of storage by class in USD per GB and month: Google's for us-central1 (Iowa), Amazon's for us-east-1 (Northern
 * Virginia), as published in mid-2026. Other regions cost up to 25 % more, a dual-region bucket about twice as much.
 * Requests, retrieval and minimum storage durations are not included (CO-01).
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
