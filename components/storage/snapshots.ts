import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { Inputs } from "../../custom-resources/inputs";
import type { VolumeSnapshotClass } from "../../custom-resources/types/snapshot.storage.k8s.io/VolumeSnapshotClass";
import { labels } from "../common/labels";
import type { Parameters } from "./classes";
import type { SnapshotClassNames } from "./types";

/** Arguments of {@link SnapshotClasses}. */
export interface SnapshotClassesArgs {
    /** CSI driver of the volumes. */
    readonly driver: string;
    /** The driver's parameters. @default none */
    readonly parameters?: Parameters;
}

/**
 * The classes of volume snapshots (ST-04). GKE installs their custom resource definitions; on EKS the managed add-on
 * `snapshot-controller` does.
 */
export class SnapshotClasses extends pulumi.ComponentResource implements SnapshotClassNames {
    public readonly daily = "snapshots-daily";
    public readonly keep = "snapshots-keep";

    constructor(name: string, args: SnapshotClassesArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:storage:SnapshotClasses", name, {}, opts);
        const createClass = (role: string, className: string, deletionPolicy: "Delete" | "Retain"): void => {
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
        // A daily schedule deletes old VolumeSnapshots: their data must be deleted too, or it would be billed unnoticed.
        createClass("daily", this.daily, "Delete");
        // Deleting a namespace deletes its VolumeSnapshots: the data is retained for a restore.
        createClass("keep", this.keep, "Retain");
        this.registerOutputs({ daily: this.daily, keep: this.keep });
    }
}
