import type { CustomKind } from "../pod-types";

const apiGroup = "argoproj.io";

const jobOfMetric = { at: "spec.metrics.*", template: "provider.job.spec.template", whole: true } as const;

/** Argo Rollouts. A Rollout has the fields of a Deployment; measurements may run jobs. */
export const argo: readonly CustomKind[] = [
    {
        apiGroup,
        kind: "Rollout",
        pods: [{ at: "spec", template: "template", whole: true, count: { at: "replicas", default: 1 } }],
    },
    // The pods of both are temporary.
    { apiGroup, kind: "Experiment", pods: [{ at: "spec.templates.*", template: "template", whole: true }] },
    { apiGroup, kind: "AnalysisRun", pods: [jobOfMetric] },
    { apiGroup, kind: "AnalysisTemplate", pods: [jobOfMetric] },
    { apiGroup, kind: "ClusterAnalysisTemplate", pods: [jobOfMetric] },
];
