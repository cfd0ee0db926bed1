import type * as k8s from "@pulumi/kubernetes";

import type { Resources } from "../../layer";
import type { LayerConfig } from "../layer-config";

type Container = k8s.types.input.core.v1.Container;

/** What the containers of a job get. */
export interface JobContext {
    readonly config: LayerConfig;
    /** Addresses and settings of its stores, and the lifetimes of the cached data that it refreshes. */
    readonly env: k8s.types.input.core.v1.EnvVar[];
    /** Mounts of its certificate and of the credentials of one store, and of no other. */
    readonly mountsOf: (store: string) => k8s.types.input.core.v1.VolumeMount[];
}

/** How a job of the catalogue runs. Its pod is created from it and from what the job calls. */
export interface JobDefinition {
    /** Five cron fields, UTC. */
    readonly schedule: (config: LayerConfig) => string;
    readonly startWithinSeconds: number;
    readonly stopAfterSeconds: number;
    /** Images of its containers, as their projects publish them. */
    readonly images: readonly string[];
    /** Requests and limits of its pod: of the largest container, since they run one after the other. */
    readonly resources: Resources;
    /** Size of the volume `work`, which its containers share. */
    readonly workSize: string;
    readonly containers: (context: JobContext) => {
        readonly initContainers: Container[];
        readonly containers: Container[];
    };
}
