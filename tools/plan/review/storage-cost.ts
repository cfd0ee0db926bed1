import { type JsonObject, listAt, numberAt, textAt } from "../json";
import { storagePrices } from "./storage-prices";
import type { PlannedResource } from "../record/types";

/** What a terabyte costs that stays in a bucket for a year (CO-01). */
export interface StorageCost {
    /** Name of the resource that says how the bucket's objects age. */
    readonly bucket: string;
    /** USD a TB in the first year, moved from class to class as the bucket says. */
    readonly aged: number;
    /** USD a TB in the first year, had it stayed in the first class. */
    readonly standard: number;
}

interface Step {
    /** Age in days from which objects lie in the class. */
    readonly from: number;
    readonly storageClass: string;
}

const year = 365;
const month = year / 12;
const gigabytes = 1000;

/** The classes that objects of a GCS bucket pass through. */
function gcsSteps(inputs: JsonObject): Step[] {
    return listAt(inputs, "lifecycleRules").flatMap((rule): Step[] => {
        const storageClass = textAt(rule, "action", "storageClass");
        const from = numberAt(rule, "condition", "age");
        return storageClass === undefined || from === undefined ? [] : [{ from, storageClass }];
    });
}

/** The classes that objects of an S3 bucket pass through; what was overwritten is another matter. */
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

/** USD a TB in the first year. */
function cost(cloud: "gcs" | "s3", steps: readonly Step[]): number {
    const all = [{ from: 0, storageClass: "STANDARD" }, ...steps].sort((a, b) => a.from - b.from);
    return all.reduce((sum, { from, storageClass }, index) => {
        const until = Math.min(all[index + 1]?.from ?? year, year);
        return sum + (Math.max(until - from, 0) / month) * price(cloud, storageClass) * gigabytes;
    }, 0);
}

/** What each bucket of a plan saves by moving objects to colder classes; buckets that move none are left out. */
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

/** A line a bucket, for people. */
export function storageCostLines(costs: readonly StorageCost[]): string[] {
    const widest = Math.max(0, ...costs.map(({ bucket }) => bucket.length));
    return costs.map(({ bucket, aged, standard }) => {
        const less = Math.round(100 * (1 - aged / standard));
        return `Storage ${bucket.padEnd(widest)}  ${aged.toFixed(0)} USD a TB in its first year, ${less} % less than without its lifecycle (${standard.toFixed(0)} USD)`;
    });
}
