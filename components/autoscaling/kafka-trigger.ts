import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { Inputs } from "../../custom-resources/inputs";
import type { ClusterTriggerAuthentication } from "../../custom-resources/types/keda.sh/ClusterTriggerAuthentication";
import { InternalCertificate, type IssuerRef } from "../common/certificate";
import { labels } from "../common/labels";
import { queueReader } from "../common/queues";

/** Arguments of {@link KafkaTrigger}. */
export interface KafkaTriggerArgs {
    /** Namespace of the controller. */
    readonly namespace: pulumi.Input<string>;
    readonly issuer: IssuerRef;
    /** The controller, and its user in Kafka. */
    readonly needs: readonly pulumi.Resource[];
}

/**
 * How the controller asks Kafka for the length of queues: with a certificate, as a user that may read offsets and no
 * message (AS-06).
 */
export class KafkaTrigger extends pulumi.ComponentResource {
    /** Name of the ClusterTriggerAuthentication. */
    public readonly triggerName: pulumi.Output<string>;

    constructor(name: string, args: KafkaTriggerArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:autoscaling:KafkaTrigger", name, {}, opts);
        const { namespace, issuer, needs } = args;
        const child = { parent: this };
        const secretName = `${queueReader.name}-kafka`;
        const certificate = new InternalCertificate(
            `${name}-certificate`,
            { secretName, namespace, component: "autoscaling", issuer, usage: "client", commonName: queueReader.name },
            child,
        );
        // Of the cluster, since the controller may read Secrets of its own namespace only.
        const trigger = new k8s.apiextensions.CustomResource(
            name,
            {
                apiVersion: "keda.sh/v1alpha1",
                kind: "ClusterTriggerAuthentication",
                metadata: { name: secretName, labels: labels(secretName, "autoscaling") },
                spec: {
                    secretTargetRef: (
                        [
                            ["ca", "ca.crt"],
                            ["cert", "tls.crt"],
                            ["key", "tls.key"],
                        ] as const
                    ).map(([parameter, key]) => ({ parameter, name: secretName, key })),
                },
            } satisfies Inputs<ClusterTriggerAuthentication>,
            { ...child, dependsOn: [certificate, ...needs] },
        );
        this.triggerName = trigger.metadata.name;
        this.registerOutputs({ triggerName: this.triggerName });
    }
}
