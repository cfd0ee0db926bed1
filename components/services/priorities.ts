import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { Workload } from "../../catalog/types";
import { labels } from "../common/labels";

type Importance = Workload["importance"];

/**
 * Scheduling priority when nodes run out of capacity: the gateway, then the services. Critical services are equal to the
 * rest: after the loss of a zone, six nodes are too few until new ones come, and the scheduler would evict every pod of a
 * lower service for the missing replicas of a higher one (CL-14).
 */
const values: Readonly<Record<Importance, number>> = { edge: 100_000, critical: 50_000, standard: 50_000 };

/** The shop's priority classes; pods without a class have a lower priority. */
export class Priorities extends pulumi.ComponentResource {
    /** Name of the class of each importance; resolves when it exists. */
    public readonly names: Readonly<Record<Importance, pulumi.Output<string>>>;

    constructor(name: string, _args: Record<string, never>, opts?: pulumi.ComponentResourceOptions) {
        super("shop:services:Priorities", name, {}, opts);
        const createClass = (importance: Importance): pulumi.Output<string> =>
            new k8s.scheduling.v1.PriorityClass(
                `${name}-${importance}`,
                {
                    metadata: { name: `shop-${importance}`, labels: labels(`shop-${importance}`, "priority") },
                    value: values[importance],
                    description: `Workloads of the shop that are ${importance}`,
                    globalDefault: false,
                },
                { parent: this },
            ).metadata.name;
        this.names = {
            edge: createClass("edge"),
            critical: createClass("critical"),
            standard: createClass("standard"),
        };
        this.registerOutputs({ names: this.names });
    }
}
