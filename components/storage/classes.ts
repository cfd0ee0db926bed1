import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { labels } from "../common/labels";
import type { Storage } from "./types";

/** Names of the classes that every cloud has. */
export type ClassName = Storage["fastSsd" | "standardSsd" | "hdd"];

/** Parameters of a driver; a key of ours is known only once it is made. */
export type Parameters = Readonly<Record<string, pulumi.Input<string>>>;

/** How the volumes of a cluster are made. */
export interface StorageClassesArgs {
    /** CSI driver. */
    readonly provisioner: string;
    /** The driver's parameters by class. */
    readonly parameters: Readonly<Record<ClassName, Parameters>>;
    /** Parameters of the class in two zones. @default no such class */
    readonly regional?: Parameters;
    /** Whether the driver can make a volume larger. @default true */
    readonly expandable?: boolean;
}

/** What becomes of the volume when its claim is deleted: data stays until somebody decides, the rest goes (ST-01). */
const reclaim = {
    "fast-ssd": "Retain",
    "standard-ssd": "Delete",
    hdd: "Delete",
    "regional-ssd": "Retain",
} as const;

/** The storage classes under the names that are the same on every cloud (ST-01 to ST-03). */
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
        const make = (className: keyof typeof reclaim, parameters: Parameters): void => {
            new k8s.storage.v1.StorageClass(
                `${name}-${className}`,
                {
                    metadata: { name: className, labels: labels(className, "storage") },
                    provisioner: args.provisioner,
                    ...(Object.keys(parameters).length === 0 ? {} : { parameters: { ...parameters } }),
                    reclaimPolicy: reclaim[className],
                    allowVolumeExpansion: args.expandable ?? true,
                    // The volume is made in the zone where its pod was placed, not the other way round.
                    volumeBindingMode: "WaitForFirstConsumer",
                },
                { parent: this },
            );
        };
        for (const className of [this.fastSsd, this.standardSsd, this.hdd] as const) {
            make(className, args.parameters[className]);
        }
        this.regionalSsd = args.regional === undefined ? undefined : "regional-ssd";
        if (args.regional !== undefined) {
            make("regional-ssd", args.regional);
        }
        this.registerOutputs({
            fastSsd: this.fastSsd,
            standardSsd: this.standardSsd,
            hdd: this.hdd,
            regionalSsd: this.regionalSsd,
        });
    }
}
