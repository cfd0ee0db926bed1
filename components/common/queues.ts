import type { TopicName } from "../../catalog/topics";
import type { Workloads } from "../../catalog/types";
import type { CommonConfig } from "./config";

/** What asks Kafka for the length of queues: the autoscaler, which the layers of both have to name alike (AS-06). */
export const queueReader = {
    /** Name of the release, and of the user of Kafka. */
    name: "keda",
    namespace: "monitoring",
    podLabels: { app: "keda-operator" },
} as const;

/** A workload whose number of replicas follows the messages that wait for it (AS-06). */
export interface Queue {
    readonly workload: string;
    readonly topic: TopicName;
    /** Waiting messages for each replica. */
    readonly messagesPerReplica: number;
}

/** The queues that autoscalers of a stack read; none in a tier without autoscalers, and none in a replica (CL-18). */
export function queuesOf({ replicas }: Pick<CommonConfig, "replicas">, workloads: Workloads): readonly Queue[] {
    return replicas.autoscale
        ? Object.entries(workloads).flatMap(([workload, { scaling }]) =>
              scaling.queue === undefined ? [] : [{ workload, ...scaling.queue }],
          )
        : [];
}
