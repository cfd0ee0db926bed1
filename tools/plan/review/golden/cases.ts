/** A stack planned on a cloud. */
export interface GoldenCase {
    readonly stack: string;
    readonly cloud: string;
}

/** Clouds that stacks are planned on. */
const clouds = ["gcp", "aws", "existing"] as const;

/**
 * Every stack and cloud that has a golden plan; a replica has a region, which a cluster that exists has not. `prod` comes
 * first: where a cloud's stacks are divided evenly, the cloud's file shows what prod has.
 */
export const goldenCases: readonly GoldenCase[] = [
    ...["prod", "staging", "dev"].flatMap((stack) => clouds.map((cloud) => ({ stack, cloud }))),
    ...["gcp", "aws"].map((cloud) => ({ stack: "prod-dr", cloud })),
];
