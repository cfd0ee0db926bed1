import * as pulumi from "@pulumi/pulumi";

import { trafficGraph } from "../../catalog/graph";
import type { Workloads } from "../../catalog/types";
import type { PlatformConfig } from "../../config/resolve";
import type { Namespaces } from "../security/types";
import { Microservice } from "./microservice";
import { Priorities } from "./priorities";
import type { Services } from "./types";

/** Makes every workload of the catalogue; one more entry there is one more service here (SV-01 to SV-11). */
export function createServices(
    config: PlatformConfig,
    workloads: Workloads,
    namespaces: Namespaces,
    opts: pulumi.ComponentResourceOptions,
): Services {
    const priorities = new Priorities("priorities", {}, opts);
    const graph = trafficGraph(workloads);
    return Object.fromEntries(
        Object.entries(workloads).map(([name, { namespace, importance }]) => {
            const priorityClassName = priorities.names[importance];
            const args = {
                workload: name,
                workloads,
                graph,
                config,
                namespace: namespaces[namespace],
                priorityClassName,
            };
            return [name, new Microservice(name, args, opts)];
        }),
    );
}
