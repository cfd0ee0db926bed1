import type * as pulumi from "@pulumi/pulumi";

/** The interface of the autoscaling layer: what an autoscaler by queue length needs. */
export interface Autoscaling {
    /** Name of the trigger authentication for Kafka; resolves when KEDA serves its kinds. Undefined where nothing is scaled. */
    readonly kafkaTrigger: pulumi.Output<string> | undefined;
}
