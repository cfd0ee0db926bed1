import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { Inputs } from "../../custom-resources/inputs";
import type { VolumeSnapshotClass } from "../../custom-resources/types/snapshot.storage.k8s.io/VolumeSnapshotClass";
import { labels } from "../common/labels";
import type { Parameters } from "./classes";
import type { SnapshotClassNames } from "./types";

/** How a cluster's snapshots are taken. */
export interface SnapshotClassesArgs {
    /** CSI driver, the one that made the volumes. */
    readonly driver: string;
    /** The driver's parameters. @default none */
    readonly parameters?: Parameters;
}

/**
 * The classes of volume snapshots (ST-04). Their kind comes with GKE, and on EKS with the managed add-on
 * `snapshot-controller`.
 */
export class SnapshotClasses extends pulumi.ComponentResource implements SnapshotClassNames {
    public readonly daily = "snapshots-daily";
    public readonly keep = "snapshots-keep";

    constructor(name: string, args: SnapshotClassesArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:storage:SnapshotClasses", name, {}, opts);
        const make = (role: string, className: string, deletionPolicy: "Delete" | "Retain"): void => {
            new k8s.apiextensions.CustomResource(
                `${name}-${role}`,
                {
                    apiVersion: "snapshot.storage.k8s.io/v1",
                    kind: "VolumeSnapshotClass",
                    metadata: { name: className, labels: labels(className, "storage") },
                    driver: args.driver,
                    deletionPolicy,
                    ...(args.parameters === undefined ? {} : { parameters: args.parameters }),
                } satisfies Inputs<VolumeSnapshotClass>,
                { parent: this },
            );
        };
        // Whoever takes one each day throws the oldest away: it must not stay behind unseen, and be paid for.
        make("daily", this.daily, "Delete");
        // A deleted namespace takes its snapshots along, and with them what could have brought it back.
        make("keep", this.keep, "Retain");
        this.registerOutputs({ daily: this.daily, keep: this.keep });
    }
}
