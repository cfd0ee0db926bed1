import type * as k8s from "@pulumi/kubernetes";

import type { Scaling, ScalingRate } from "../../catalog/types";
import type { ReplicaBounds } from "./config";

type Spec = k8s.types.input.autoscaling.v2.HorizontalPodAutoscalerSpec;
type Metric = k8s.types.input.autoscaling.v2.MetricSpec;

const defaultUp: ScalingRate = { percent: 100, periodSeconds: 15 };
const defaultDown: ScalingRate = { percent: 10, periodSeconds: 60 };

/** Target utilisation of a workload's pods in percent of their requests. */
export function utilisationTargets({ cpuPercent = 70, memoryPercent = 80 }: Scaling) {
    return { cpu: cpuPercent, memory: memoryPercent };
}

function utilisation(name: "cpu" | "memory", averageUtilization: number): Metric {
    return { type: "Resource", resource: { name, target: { type: "Utilization", averageUtilization } } };
}

function rules(rate: ScalingRate, stabilizationWindowSeconds: number) {
    const policies = [{ type: "Percent", value: rate.percent, periodSeconds: rate.periodSeconds }];
    return { stabilizationWindowSeconds, selectPolicy: "Max", policies };
}

/** How fast a workload's replicas follow its load. */
export function scalingBehavior({ up = defaultUp, down = defaultDown }: Scaling) {
    return {
        // Scales up without a stabilization window: customers are waiting.
        scaleUp: rules(up, 0),
        // Scales down after one minute below the target: short drops do not count.
        scaleDown: rules(down, 60),
    };
}

/** A workload's HorizontalPodAutoscaler: bounds of the stack, targets and rates of the catalogue (AS-01 to AS-04). */
export function autoscalerSpec(name: string, scaling: Scaling, bounds: ReplicaBounds): Spec {
    const targets = utilisationTargets(scaling);
    return {
        scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name },
        minReplicas: bounds.min,
        maxReplicas: bounds.max,
        metrics: [utilisation("cpu", targets.cpu), utilisation("memory", targets.memory)],
        behavior: scalingBehavior(scaling),
    };
}
