import { type JsonObject, listAt, numberAt, textAt } from "../json";
import { storagePrices } from "./storage-prices";
import type { PlannedResource } from "../record/types";

/** The cost of storing a terabyte in a bucket for a year (CO-01). */
export interface StorageCost {
    /** Name of the resource with the bucket's lifecycle rules. */
    readonly bucket: string;
    /** USD per TB in the first year, with the lifecycle rules. */
    readonly aged: number;
    /** USD per TB in the first year, without lifecycle rules. */
    readonly standard: number;
}

interface Step {
    /** Age in days from which objects are in the class. */
    readonly from: number;
    readonly storageClass: string;
}

const year = 365;
const month = year / 12;
const gigabytes = 1000;

/** The storage classes of a GCS bucket's objects by age. */
function gcsSteps(inputs: JsonObject): Step[] {
    return listAt(inputs, "lifecycleRules").flatMap((rule): Step[] => {
        const storageClass = textAt(rule, "action", "storageClass");
        const from = numberAt(rule, "condition", "age");
        return storageClass === undefined || from === undefined ? [] : [{ from, storageClass }];
    });
}

/** The storage classes of an S3 bucket's current objects by age. */
function s3Steps(inputs: JsonObject): Step[] {
    return listAt(inputs, "rules")
        .flatMap((rule) => listAt(rule, "transitions"))
        .flatMap((transition): Step[] => {
            const storageClass = textAt(transition, "storageClass");
            const from = numberAt(transition, "days");
            return storageClass === undefined || from === undefined ? [] : [{ from, storageClass }];
        });
}

function price(cloud: "gcs" | "s3", storageClass: string): number {
    const found = storagePrices[`${cloud} ${storageClass}`];
    if (found === undefined) {
        throw new Error(`tools/plan/review/storage-prices.ts has no price of ${storageClass} on ${cloud}; add it`);
    }
    return found;
}

/** USD per TB in the first year. */
function cost(cloud: "gcs" | "s3", steps: readonly Step[]): number {
    const all = [{ from: 0, storageClass: "STANDARD" }, ...steps].sort((a, b) => a.from - b.from);
    return all.reduce((sum, { from, storageClass }, index) => {
        const until = Math.min(all[index + 1]?.from ?? year, year);
        return sum + (Math.max(until - from, 0) / month) * price(cloud, storageClass) * gigabytes;
    }, 0);
}

/** The cost of each bucket of a plan that moves objects to other storage classes. */
export function storageCosts(resources: readonly PlannedResource[]): StorageCost[] {
    return resources.flatMap(({ type, name, inputs }): StorageCost[] => {
        const gcs = type === "gcp:storage/bucket:Bucket";
        if (!gcs && type !== "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration") {
            return [];
        }
        const [cloud, steps] = gcs ? (["gcs", gcsSteps(inputs)] as const) : (["s3", s3Steps(inputs)] as const);
        return steps.length === 0 ? [] : [{ bucket: name, aged: cost(cloud, steps), standard: cost(cloud, []) }];
    });
}

/** One line of the report per bucket. */
export function storageCostLines(costs: readonly StorageCost[]): string[] {
    const widest = Math.max(0, ...costs.map(({ bucket }) => bucket.length));
    return costs.map(({ bucket, aged, standard }) => {
        const less = Math.round(100 * (1 - aged / standard));
        return `Storage ${bucket.padEnd(widest)}  ${aged.toFixed(0)} USD per TB in the first year, ${less} % less than without lifecycle rules (${standard.toFixed(0)} USD)`;
    });
}
