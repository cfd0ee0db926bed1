import type * as pulumi from "@pulumi/pulumi";

import type { Addons } from "../addons/types";
import type { Autoscaling } from "../autoscaling/types";
import type { Certificates } from "../certificates/types";
import { servicesConfig } from "./config";
import type { LayerConfig } from "./layer-config";
import type { Layer, LayerArgs } from "../layer";
import type { Namespaces } from "../security/types";
import { declareServices } from "./declare";
import { definedJobs } from "./jobs/definitions";
import { CatalogJob } from "./jobs/job";
import { Microservice } from "./microservice";
import { Priorities } from "./priorities";
import type { Services } from "./types";

/** Inputs of {@link createServices}. */
export type ServicesArgs = LayerArgs<LayerConfig> & {
    readonly namespaces: Namespaces;
    readonly certificates: Certificates;
    readonly addons: Pick<Addons, "ready">;
    readonly autoscaling: Autoscaling;
};

/** Creates the catalogue's workloads (SV-01 to SV-11). */
export function createServices(_name: string, args: ServicesArgs, opts: pulumi.ComponentResourceOptions): Services {
    const { config, workloads, namespaces, certificates, declared, stores, addons, autoscaling } = args;
    const priorities = new Priorities("priorities", {}, opts);
    return Object.fromEntries(
        Object.entries(workloads).map(([workload, { namespace, importance }]) => [
            workload,
            new Microservice(
                workload,
                {
                    workload,
                    workloads,
                    graph: declared.graph,
                    config,
                    stores,
                    issuer: certificates.internal,
                    namespace: namespaces[namespace],
                    priorityClassName: priorities.names[importance],
                    kafkaTrigger: autoscaling.kafkaTrigger,
                    verticalAutoscaler: addons.ready["vertical-pod-autoscaler"],
                },
                opts,
            ),
        ]),
    );
}

/** Creates the catalogue's jobs (SV-13). */
export function createJobs(
    args: Omit<ServicesArgs, "workloads" | "addons" | "autoscaling">,
    opts: pulumi.ComponentResourceOptions,
): void {
    const { config, namespaces, certificates, declared, stores } = args;
    for (const { name, job, definition } of definedJobs(config)) {
        const common = { config, stores, graph: declared.graph, issuer: certificates.internal };
        new CatalogJob(name, { jobName: name, job, definition, ...common, namespace: namespaces[job.namespace] }, opts);
    }
}

/** The shop's services and jobs (SV-01 to SV-11, SV-13). */
export const services: Layer<
    "services",
    LayerConfig,
    {
        readonly security: Namespaces;
        readonly certificates: Certificates;
        readonly addons: Addons;
        readonly autoscaling: Autoscaling;
    },
    Services,
    typeof servicesConfig
> = {
    name: "services",
    config: servicesConfig,
    declare: declareServices,
    create: (name, { security: namespaces, ...args }, opts) => {
        createJobs({ ...args, namespaces }, opts);
        return createServices(name, { ...args, namespaces }, opts);
    },
};
