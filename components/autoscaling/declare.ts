import { queueReader, queuesOf } from "../common/queues";
import { declareCharts } from "../helm";
import type { Declaration, DeclareArgs, PodGroup } from "../layer";
import { keda, metricsServerLabels } from "./keda";
import type { LayerConfig } from "./layer-config";

/** Port on which the operator gives its metrics server the external metrics, by gRPC with certificates. */
const metricsService = 9666;

/** What the chart's pods call besides the API, which charts do not declare. */
const further: Readonly<Record<string, Partial<Pick<PodGroup, "callers" | "calls">>>> = {
    "keda-operator": {
        callers: [{ pods: { namespace: queueReader.namespace, labels: metricsServerLabels }, port: metricsService }],
        calls: [{ store: "kafka" }],
    },
    "keda-metrics-server": {
        calls: [{ pods: { namespace: queueReader.namespace, labels: queueReader.podLabels }, port: metricsService }],
    },
};

/** KEDA, where a workload of the stack is scaled by a queue (AS-06). */
export function declareAutoscaling({ config, workloads }: DeclareArgs<LayerConfig>): Declaration {
    if (queuesOf(config, workloads).length === 0) {
        return {};
    }
    const { pods, ...rest } = declareCharts([keda], config);
    return {
        ...rest,
        pods: pods.map((group) => {
            const { callers = [], calls = [] } = further[group.name] ?? {};
            return { ...group, callers: [...group.callers, ...callers], calls: [...group.calls, ...calls] };
        }),
    };
}
