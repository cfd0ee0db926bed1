import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { labels } from "../common/labels";
import type { Storage } from "./types";

/** Names of the classes that exist on every cloud. */
export type ClassName = Storage["fastSsd" | "standardSsd" | "hdd"];

/** Parameters of a driver; outputs, since keys are created in the same program. */
export type Parameters = Readonly<Record<string, pulumi.Input<string>>>;

/** Arguments of {@link StorageClasses}. */
export interface StorageClassesArgs {
    /** CSI driver. */
    readonly provisioner: string;
    /** The driver's parameters by class. */
    readonly parameters: Readonly<Record<ClassName, Parameters>>;
    /** Parameters of the class over two zones. @default no such class */
    readonly regional?: Parameters;
    /** Whether the driver can expand volumes. @default true */
    readonly expandable?: boolean;
}

/** Reclaim policies: data is retained for a manual decision, everything else is deleted (ST-01). */
const reclaim = {
    "fast-ssd": "Retain",
    "standard-ssd": "Delete",
    hdd: "Delete",
    "regional-ssd": "Retain",
} as const;

/** The storage classes, with the same names on every cloud (ST-01 to ST-03). */
export class StorageClasses
    extends pulumi.ComponentResource
    implements Pick<Storage, "fastSsd" | "standardSsd" | "hdd" | "regionalSsd">
{
    public readonly fastSsd = "fast-ssd" as const;
    public readonly standardSsd = "standard-ssd" as const;
    public readonly hdd = "hdd" as const;
    public readonly regionalSsd: "regional-ssd" | undefined;

    constructor(name: string, args: StorageClassesArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:storage:StorageClasses", name, {}, opts);
        const createClass = (className: keyof typeof reclaim, parameters: Parameters): void => {
            new k8s.storage.v1.StorageClass(
                `${name}-${className}`,
                {
                    metadata: { name: className, labels: labels(className, "storage") },
                    provisioner: args.provisioner,
                    ...(Object.keys(parameters).length === 0 ? {} : { parameters: { ...parameters } }),
                    reclaimPolicy: reclaim[className],
                    allowVolumeExpansion: args.expandable ?? true,
                    // The volume is created in the zone that its pod is scheduled in.
                    volumeBindingMode: "WaitForFirstConsumer",
                },
                { parent: this },
            );
        };
        for (const className of [this.fastSsd, this.standardSsd, this.hdd] as const) {
            createClass(className, args.parameters[className]);
        }
        this.regionalSsd = args.regional === undefined ? undefined : "regional-ssd";
        if (args.regional !== undefined) {
            createClass("regional-ssd", args.regional);
        }
        this.registerOutputs({
            fastSsd: this.fastSsd,
            standardSsd: this.standardSsd,
            hdd: this.hdd,
            regionalSsd: this.regionalSsd,
        });
    }
}
