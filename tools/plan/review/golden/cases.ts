/** A stack and the cloud that it is planned on. */
export interface GoldenCase {
    readonly stack: string;
    readonly cloud: string;
}

/** Clouds that stacks are planned on. */
const clouds = ["gcp", "aws", "existing"] as const;

/**
 * Every stack and cloud with a golden plan. A replica needs a region, so it is not planned on an existing cluster. `prod` is
 * first: if no value is the most common in a cloud's stacks, the cloud's file has prod's.
 */
export const goldenCases: readonly GoldenCase[] = [
    ...["prod", "staging", "dev"].flatMap((stack) => clouds.map((cloud) => ({ stack, cloud }))),
    ...["gcp", "aws"].map((cloud) => ({ stack: "prod-dr", cloud })),
];
