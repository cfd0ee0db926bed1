import type { CustomKind } from "../pod-types";

/** KEDA: its jobs come and go. */
export const keda: readonly CustomKind[] = [
    {
        apiGroup: "keda.sh",
        kind: "ScaledJob",
        pods: [{ at: "spec.jobTargetRef", template: "template", whole: true }],
    },
];
