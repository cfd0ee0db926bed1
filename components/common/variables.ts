import type * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

/** Environment variables as a container has them. */
export function variables(values: Readonly<Record<string, pulumi.Input<string>>>): k8s.types.input.core.v1.EnvVar[] {
    return Object.entries(values).map(([name, value]) => ({ name, value }));
}
