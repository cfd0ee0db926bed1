import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { Workload } from "../../catalog/types";
import { labels } from "../common/labels";

type Importance = Workload["importance"];

/** Who is placed first when nodes run short: the door, then what earns money, then the rest. */
const values: Readonly<Record<Importance, number>> = { edge: 100_000, critical: 50_000, standard: 10_000 };

/** The shop's priority classes; what runs without one comes after all of them. */
export class Priorities extends pulumi.ComponentResource {
    /** Name of the class of each importance; resolves when pods may ask for it. */
    public readonly names: Readonly<Record<Importance, pulumi.Output<string>>>;

    constructor(name: string, _args: Record<string, never>, opts?: pulumi.ComponentResourceOptions) {
        super("shop:services:Priorities", name, {}, opts);
        const make = (importance: Importance): pulumi.Output<string> =>
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
        this.names = { edge: make("edge"), critical: make("critical"), standard: make("standard") };
        this.registerOutputs({ names: this.names });
    }
}
