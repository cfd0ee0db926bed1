import type { CustomKind } from "../pod-types";

/** KEDA: the pods of its jobs are temporary. */
export const keda: readonly CustomKind[] = [
    {
        apiGroup: "keda.sh",
        kind: "ScaledJob",
        pods: [{ at: "spec.jobTargetRef", template: "template", whole: true }],
    },
];
