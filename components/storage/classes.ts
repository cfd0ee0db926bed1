import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { labels } from "../common/labels";
import type { Storage } from "./types";

/** Names of the classes. */
export type ClassName = Storage[keyof Storage];

/** How the volumes of a cloud are made. */
export interface StorageClassesArgs {
    /** CSI driver. */
    readonly provisioner: string;
    /** The driver's parameters by class. */
    readonly parameters: Readonly<Record<ClassName, Readonly<Record<string, string>>>>;
    /** Whether the driver can make a volume larger. @default true */
    readonly expandable?: boolean;
}

/** What becomes of the volume when its claim is deleted: data stays until somebody decides, the rest goes (ST-01). */
const reclaim: Readonly<Record<ClassName, "Retain" | "Delete">> = {
    "fast-ssd": "Retain",
    "standard-ssd": "Delete",
    hdd: "Delete",
};

/** The three storage classes under the names that are the same on every cloud (ST-01, ST-02). */
export class StorageClasses extends pulumi.ComponentResource implements Storage {
    public readonly fastSsd = "fast-ssd";
    public readonly standardSsd = "standard-ssd";
    public readonly hdd = "hdd";

    constructor(name: string, args: StorageClassesArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:storage:StorageClasses", name, {}, opts);
        for (const className of [this.fastSsd, this.standardSsd, this.hdd] as const) {
            const parameters = args.parameters[className];
            new k8s.storage.v1.StorageClass(
                `${name}-${className}`,
                {
                    metadata: { name: className, labels: labels(className, "storage") },
                    provisioner: args.provisioner,
                    ...(Object.keys(parameters).length === 0 ? {} : { parameters }),
                    reclaimPolicy: reclaim[className],
                    allowVolumeExpansion: args.expandable ?? true,
                    // The volume is made in the zone where its pod was placed, not the other way round.
                    volumeBindingMode: "WaitForFirstConsumer",
                },
                { parent: this },
            );
        }
        this.registerOutputs({ fastSsd: this.fastSsd, standardSsd: this.standardSsd, hdd: this.hdd });
    }
}
