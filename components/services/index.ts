import type * as pulumi from "@pulumi/pulumi";

import { servicesConfig } from "./config";
import type { LayerConfig } from "./layer-config";
import type { Layer, LayerArgs } from "../layer";
import type { Namespaces } from "../security/types";
import { declareServices } from "./declare";
import { Microservice } from "./microservice";
import { Priorities } from "./priorities";
import type { Services } from "./types";

/** Inputs of {@link createServices}. */
export type ServicesArgs = LayerArgs<LayerConfig> & { readonly namespaces: Namespaces };

/** Creates the catalogue's workloads (SV-01 to SV-11). */
export function createServices(_name: string, args: ServicesArgs, opts: pulumi.ComponentResourceOptions): Services {
    const { config, workloads, namespaces, declared, stores } = args;
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
                    namespace: namespaces[namespace],
                    priorityClassName: priorities.names[importance],
                },
                opts,
            ),
        ]),
    );
}

/** The shop's services (SV-01 to SV-11). */
export const services: Layer<
    "services",
    LayerConfig,
    { readonly security: Namespaces },
    Services,
    typeof servicesConfig
> = {
    name: "services",
    config: servicesConfig,
    declare: declareServices,
    create: (name, { security: namespaces, ...args }, opts) => createServices(name, { ...args, namespaces }, opts),
};
