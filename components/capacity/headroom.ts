import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { cpuQuantity, memoryQuantity } from "../../config/quantity";
import { type ImageSettings, platformImage } from "../common/images";
import { labels, selectorLabels } from "../common/labels";
import { poolPlacement, topologySpread } from "../common/scheduling";
import { containerSecurityContext, podSecurityContext } from "../common/security-context";
import type { Placeholders } from "./size";
import { headroomName } from "./types";

/** Arguments of {@link Headroom}. */
export interface HeadroomArgs {
    readonly placeholders: Placeholders;
    /** Zones of the app pool's nodes. */
    readonly zones: number;
    /** Namespace of the pods; its quota includes them. */
    readonly namespace: pulumi.Input<string>;
    /** Mirror and digest of the image. */
    readonly images: ImageSettings;
}

/**
 * Idle pods that reserve capacity on the app pool. Pods of the services preempt them and start at once; the autoscaler
 * then adds a node for the pending placeholders (CL-10).
 */
export class Headroom extends pulumi.ComponentResource {
    public readonly priorityClassName: pulumi.Output<string>;

    constructor(name: string, args: HeadroomArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:capacity:Headroom", name, {}, opts);
        const child = { parent: this };
        const metadata = {
            name: headroomName,
            namespace: args.namespace,
            labels: labels(headroomName, "capacity"),
        };
        const matchLabels = selectorLabels(headroomName);
        const priority = new k8s.scheduling.v1.PriorityClass(
            `${name}-priority`,
            {
                metadata: { name: "shop-placeholder", labels: labels("shop-placeholder", "priority") },
                // Below pods without a class (0). The cluster autoscaler ignores pods below -10.
                value: -10,
                preemptionPolicy: "Never",
                description: "Placeholders, which give way to everything",
                globalDefault: false,
            },
            child,
        );
        const account = new k8s.core.v1.ServiceAccount(
            `${name}-account`,
            { metadata, automountServiceAccountToken: false },
            child,
        );
        new k8s.apps.v1.Deployment(
            name,
            {
                metadata: {
                    ...metadata,
                    // Placeholders are expected to be pending: an update must not wait for them.
                    annotations: { "pulumi.com/skipAwait": "true" },
                },
                spec: {
                    replicas: args.placeholders.count,
                    revisionHistoryLimit: 1,
                    selector: { matchLabels },
                    // Old and new pods together would need twice the nodes and twice the quota.
                    strategy: { type: "Recreate" },
                    template: {
                        metadata: { labels: metadata.labels },
                        spec: podSpec(args, priority.metadata.name, account.metadata.name),
                    },
                },
            },
            child,
        );
        new k8s.policy.v1.PodDisruptionBudget(
            `${name}-budget`,
            {
                metadata,
                // Explicit, so that the budget does not look forgotten: all of them may be evicted at any time.
                spec: { maxUnavailable: "100%", selector: { matchLabels } },
            },
            child,
        );
        this.priorityClassName = priority.metadata.name;
        this.registerOutputs({ priorityClassName: this.priorityClassName });
    }
}

/**
 * Evenly over zones, and where possible over nodes. When a zone has no nodes, its placeholders stay pending instead of
 * taking capacity in the other zones, which then need it most (CL-14).
 */
function spread(zones: number): k8s.types.input.core.v1.TopologySpreadConstraint[] {
    return topologySpread(headroomName, "preferred").map((constraint) =>
        constraint.topologyKey === "topology.kubernetes.io/zone"
            ? { ...constraint, whenUnsatisfiable: "DoNotSchedule", minDomains: zones }
            : constraint,
    );
}

function podSpec(
    { placeholders: { cpu, memory }, zones, images }: HeadroomArgs,
    priorityClassName: pulumi.Input<string>,
    serviceAccountName: pulumi.Input<string>,
): k8s.types.input.core.v1.PodSpec {
    // The quota counts limits too.
    const size = { cpu: cpuQuantity(cpu), memory: memoryQuantity(memory), "ephemeral-storage": "16Mi" };
    return {
        serviceAccountName,
        automountServiceAccountToken: false,
        enableServiceLinks: false,
        priorityClassName,
        securityContext: podSecurityContext(),
        topologySpreadConstraints: spread(zones),
        ...poolPlacement(headroomName, "app", false),
        // The process has nothing to finish: its capacity is free at once.
        terminationGracePeriodSeconds: 0,
        containers: [
            {
                name: "pause",
                // No probes: the container serves no requests and is behind no Service.
                image: platformImage("pause", images),
                imagePullPolicy: "Always",
                resources: { requests: size, limits: size },
                securityContext: containerSecurityContext(),
            },
        ],
    };
}
