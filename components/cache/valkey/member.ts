import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { homePool } from "../../../config/profiles";
import { labels, selectorLabels } from "../../common/labels";
import { secretVolume } from "../../common/secret-volume";
import { podSecurityContext } from "../../common/security-context";
import { type Instance, type Member, membersOf, namespace, nodesService } from "../instances";
import type { LayerConfig } from "../layer-config";
import { exporter, healer, server } from "./containers";
import { memberLabels, memberPlacement } from "./placement";
import { volumeGiB } from "./settings";

/** What the pods of a cluster have in common. */
export interface PodArgs {
    readonly instance: Instance;
    readonly config: LayerConfig;
    /** Resolves when quota and network policies exist. */
    readonly namespace: pulumi.Input<string>;
    readonly serviceAccountName: pulumi.Input<string>;
    readonly priorityClassName: string;
    readonly configMapName: pulumi.Input<string>;
    /** Hash of the configuration: a new one restarts the pods. */
    readonly configHash: string;
    readonly usersSecret: pulumi.Input<string>;
    readonly metricsSecret: pulumi.Input<string>;
    readonly certificateSecret: pulumi.Input<string>;
}

/** Volumes with configuration and secrets. The pod's group reads them: the container's user does not own the files. */
export function podVolumes(args: PodArgs): k8s.types.input.core.v1.Volume[] {
    return [
        { name: "config", configMap: { name: args.configMapName, defaultMode: 0o440 } },
        secretVolume("users", args.usersSecret),
        secretVolume("certificate", args.certificateSecret),
    ];
}

/** What every pod of the layer has. */
export function podBasics(args: Pick<PodArgs, "serviceAccountName" | "priorityClassName">) {
    return {
        serviceAccountName: args.serviceAccountName,
        // No pod of the caches uses the Kubernetes API (SC-04).
        automountServiceAccountToken: false,
        enableServiceLinks: false,
        // The shop's pods depend on them, and preempt pods of lower classes.
        priorityClassName: args.priorityClassName,
        securityContext: podSecurityContext(),
    };
}

/** One member of a Valkey cluster: a StatefulSet of one pod, which keeps its name and its volume (CA-01). */
export class ValkeyMember extends pulumi.ComponentResource {
    public readonly statefulSetName: pulumi.Output<string>;

    constructor(
        name: string,
        args: {
            readonly member: Member;
            readonly pods: PodArgs;
            /** What has to exist before the pod. */
            readonly needs: readonly pulumi.Resource[];
        },
        opts?: pulumi.ComponentResourceOptions,
    ) {
        super("shop:cache:ValkeyMember", name, {}, opts);
        const { member, pods } = args;
        const { instance, config } = pods;
        const podLabels = {
            ...labels(instance.name, "cache"),
            ...memberLabels(member),
            "cache.shop/member": member.name,
        };
        const { images, spread, dedicatedPools, role, profile } = config;
        const metricsSecret = { name: pods.metricsSecret, key: "password" };
        const set = new k8s.apps.v1.StatefulSet(
            name,
            {
                metadata: { name: member.name, namespace: pods.namespace, labels: labels(member.name, "cache") },
                spec: {
                    serviceName: nodesService(instance.name),
                    // A replica of the stack runs no pods until it is promoted (CL-18).
                    replicas: role === "replica" ? 0 : 1,
                    revisionHistoryLimit: 5,
                    selector: { matchLabels: { ...selectorLabels(instance.name), "cache.shop/member": member.name } },
                    // Data outlives the StatefulSet: deleting it is a decision of its own.
                    persistentVolumeClaimRetentionPolicy: { whenDeleted: "Retain", whenScaled: "Retain" },
                    template: {
                        metadata: { labels: podLabels, annotations: { "cache.shop/config": pods.configHash } },
                        spec: {
                            ...podBasics(pods),
                            ...memberPlacement({
                                instance: instance.name,
                                member,
                                members: membersOf(instance).length,
                                pool: homePool(profile, { namespace, pool: "cache" }),
                                dedicatedPools,
                                spread,
                            }),
                            // A failover, and the last write to the file.
                            terminationGracePeriodSeconds: 60,
                            containers: [
                                server(instance, member, images),
                                healer(instance, member, images),
                                exporter(metricsSecret, images),
                            ],
                            volumes: podVolumes(pods),
                        },
                    },
                    volumeClaimTemplates: [
                        {
                            metadata: { name: "data", labels: selectorLabels(instance.name) },
                            spec: {
                                accessModes: ["ReadWriteOnce"],
                                storageClassName: "fast-ssd",
                                resources: { requests: { storage: `${volumeGiB(instance)}Gi` } },
                            },
                        },
                    ],
                },
            },
            {
                parent: this,
                dependsOn: [...args.needs],
                // The API cannot change them, so Pulumi would delete all members of the store and create them again. Claims
                // grow by hand: docs/runbooks/grow-a-disk.md.
                ignoreChanges: ["spec.volumeClaimTemplates"],
            },
        );
        this.statefulSetName = set.metadata.name;
        this.registerOutputs({ statefulSetName: this.statefulSetName });
    }
}
