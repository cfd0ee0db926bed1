import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { cpuQuantity, memoryQuantity } from "../../config/quantity";
import { platformImage } from "../common/images";
import { labels, selectorLabels } from "../common/labels";
import { poolPlacement, topologySpread } from "../common/scheduling";
import { containerSecurityContext, podSecurityContext } from "../common/security-context";
import type { Placeholders } from "./size";
import { headroomName } from "./types";

/** What {@link Headroom} is made from. */
export interface HeadroomArgs {
    readonly placeholders: Placeholders;
    /** Zones of the app pool's nodes. */
    readonly zones: number;
    /** Where the pods run; its quota has room for them. */
    readonly namespace: pulumi.Input<string>;
    /** Registry that images come from. @default each image's own */
    readonly mirror: string | undefined;
}

/**
 * Pods that do nothing but hold room on the app pool. Whatever the shop starts takes their place at once, and while the
 * autoscaler makes a node for them again, nobody else has to wait for it (CL-10).
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
                // Below every pod without a class (0). The cluster autoscaler overlooks what is below -10.
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
                    // Waiting for a node is what they are for: an update must not wait with them.
                    annotations: { "pulumi.com/skipAwait": "true" },
                },
                spec: {
                    replicas: args.placeholders.count,
                    revisionHistoryLimit: 1,
                    selector: { matchLabels },
                    // Old and new side by side would want twice the room and twice the quota.
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
                // Said, so that nobody takes it for forgotten: all of them may go at any time.
                spec: { maxUnavailable: "100%", selector: { matchLabels } },
            },
            child,
        );
        this.priorityClassName = priority.metadata.name;
        this.registerOutputs({ priorityClassName: this.priorityClassName });
    }
}

/**
 * Evenly over the zones, and as evenly as it goes over nodes. Without a zone's nodes its share waits for them rather than
 * crowd the others, which need their room most just then (CL-14).
 */
function spread(zones: number): k8s.types.input.core.v1.TopologySpreadConstraint[] {
    return topologySpread(headroomName, "preferred").map((constraint) =>
        constraint.topologyKey === "topology.kubernetes.io/zone"
            ? { ...constraint, whenUnsatisfiable: "DoNotSchedule", minDomains: zones }
            : constraint,
    );
}

function podSpec(
    { placeholders: { cpu, memory }, zones, mirror }: HeadroomArgs,
    priorityClassName: pulumi.Input<string>,
    serviceAccountName: pulumi.Input<string>,
): k8s.types.input.core.v1.PodSpec {
    // A limit too, since the quota counts both; they use neither.
    const room = { cpu: cpuQuantity(cpu), memory: memoryQuantity(memory), "ephemeral-storage": "16Mi" };
    return {
        serviceAccountName,
        automountServiceAccountToken: false,
        enableServiceLinks: false,
        priorityClassName,
        securityContext: podSecurityContext(),
        topologySpreadConstraints: spread(zones),
        ...poolPlacement(headroomName, "app", false),
        // Nothing to finish: the room is free the moment that somebody needs it.
        terminationGracePeriodSeconds: 0,
        containers: [
            {
                name: "pause",
                // No probes: it answers nobody, is behind no Service and is ready when it runs.
                image: platformImage("pause", mirror),
                imagePullPolicy: "Always",
                resources: { requests: room, limits: room },
                securityContext: containerSecurityContext(),
            },
        ],
    };
}
