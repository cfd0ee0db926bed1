import type * as k8s from "@pulumi/kubernetes";

import type { Scaling, ScalingRate } from "../../catalog/types";
import type { ReplicaBounds } from "./config";

type Spec = k8s.types.input.autoscaling.v2.HorizontalPodAutoscalerSpec;
type Metric = k8s.types.input.autoscaling.v2.MetricSpec;

const defaultUp: ScalingRate = { percent: 100, periodSeconds: 15 };
const defaultDown: ScalingRate = { percent: 10, periodSeconds: 60 };

function utilisation(name: "cpu" | "memory", averageUtilization: number): Metric {
    return { type: "Resource", resource: { name, target: { type: "Utilization", averageUtilization } } };
}

function rules(rate: ScalingRate, stabilizationWindowSeconds: number) {
    const policies = [{ type: "Percent", value: rate.percent, periodSeconds: rate.periodSeconds }];
    return { stabilizationWindowSeconds, selectPolicy: "Max", policies };
}

/** A workload's HorizontalPodAutoscaler: its bounds here, its targets and rates from the catalogue (AS-01 to AS-04). */
export function autoscalerSpec(name: string, scaling: Scaling, bounds: ReplicaBounds): Spec {
    return {
        scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name },
        minReplicas: bounds.min,
        maxReplicas: bounds.max,
        metrics: [utilisation("cpu", scaling.cpuPercent ?? 70), utilisation("memory", scaling.memoryPercent ?? 80)],
        behavior: {
            // Up at once: the queue of waiting customers does not stabilise by itself.
            scaleUp: rules(scaling.up ?? defaultUp, 0),
            // Down after a minute of calm: a dip between two requests is no trend.
            scaleDown: rules(scaling.down ?? defaultDown, 60),
        },
    };
}
