import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { Workload } from "../../catalog/types";
import { labels } from "../common/labels";

type Importance = Workload["importance"];

/** Who is placed first when nodes run short: the door, then what earns money, then the rest. */
const values: Readonly<Record<Importance, number>> = { edge: 100_000, critical: 50_000, standard: 10_000 };

/** Name of the PriorityClass of workloads of this importance. */
export function priorityClassName(importance: Importance): string {
    return `shop-${importance}`;
}

/** The shop's priority classes; what runs without one comes after all of them. */
export class Priorities extends pulumi.ComponentResource {
    /** Names of the classes; resolve when they can be used. */
    public readonly names: pulumi.Output<string[]>;

    constructor(name: string, _args: Record<string, never>, opts?: pulumi.ComponentResourceOptions) {
        super("shop:services:Priorities", name, {}, opts);
        const classes = Object.entries(values).map(
            ([importance, value]) =>
                new k8s.scheduling.v1.PriorityClass(
                    `${name}-${importance}`,
                    {
                        metadata: { name: `shop-${importance}`, labels: labels(`shop-${importance}`, "priority") },
                        value,
                        description: `Workloads of the shop that are ${importance}`,
                        globalDefault: false,
                    },
                    { parent: this },
                ),
        );
        this.names = pulumi.all(classes.map((entry) => entry.metadata.name));
        this.registerOutputs({ names: this.names });
    }
}
