import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { annotated, type Annotations, labels } from "./labels";

/** Arguments of {@link ScheduledJob}. */
export interface ScheduledJobArgs {
    /** Name of the CronJob and of its ServiceAccount. */
    readonly jobName: string;
    readonly namespace: pulumi.Input<string>;
    /** `app.kubernetes.io/component` of the labels. */
    readonly component: string;
    /** Five cron fields, UTC. */
    readonly schedule: string;
    /** Seconds that a run may start late, as after an outage of the control plane; later it is left out. @default 3600 */
    readonly startWithinSeconds?: number;
    /** Seconds after which a run is stopped. @default 1800 */
    readonly stopAfterSeconds?: number;
    /** Whether it never starts by itself: a template for a Job that is created by hand. @default false */
    readonly template?: boolean;
    /** Annotations of the ServiceAccount, such as its cloud identity. @default none */
    readonly accountAnnotations?: Annotations;
    /** The pod without its account, restart policy and token. */
    readonly pod: k8s.types.input.core.v1.PodSpec;
    /** Whether the pod uses the Kubernetes API. @default false */
    readonly token?: boolean;
    readonly needs?: readonly pulumi.Resource[];
}

/** A CronJob with a ServiceAccount of its own, in one form for all (SV-13, BK-06). */
export class ScheduledJob extends pulumi.ComponentResource {
    /** Name of the CronJob. */
    public readonly cronJobName: pulumi.Output<string>;
    /** Name of its ServiceAccount. */
    public readonly accountName: pulumi.Output<string>;

    constructor(name: string, args: ScheduledJobArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:common:ScheduledJob", name, {}, opts);
        const { jobName, namespace, component, accountAnnotations, startWithinSeconds, stopAfterSeconds } = args;
        const metadata = { name: jobName, namespace, labels: labels(jobName, component) };
        const account = new k8s.core.v1.ServiceAccount(
            `${name}-account`,
            {
                metadata: { ...metadata, ...annotated(accountAnnotations) },
                automountServiceAccountToken: false,
            },
            { parent: this },
        );
        const cronJob = new k8s.batch.v1.CronJob(
            name,
            {
                metadata,
                spec: {
                    schedule: args.schedule,
                    // The controller's own zone is the cloud's choice.
                    timeZone: "Etc/UTC",
                    // Two runs would write the same files, or delete the same rows.
                    concurrencyPolicy: "Forbid",
                    // Without it, 100 missed starts stop a CronJob for good.
                    // https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#starting-deadline
                    startingDeadlineSeconds: startWithinSeconds ?? 3600,
                    successfulJobsHistoryLimit: 1,
                    failedJobsHistoryLimit: 3,
                    ...(args.template === true ? { suspend: true } : {}),
                    jobTemplate: {
                        spec: {
                            backoffLimit: 3,
                            activeDeadlineSeconds: stopAfterSeconds ?? 1800,
                            // Also for Jobs that were created by hand, which no history limit deletes.
                            ttlSecondsAfterFinished: 604_800,
                            template: {
                                metadata: { labels: metadata.labels },
                                spec: {
                                    ...args.pod,
                                    restartPolicy: "Never",
                                    // A plain name, which the policy on tokens checks in a preview.
                                    serviceAccountName: jobName,
                                    automountServiceAccountToken: args.token ?? false,
                                    enableServiceLinks: false,
                                },
                            },
                        },
                    },
                },
            },
            { parent: this, dependsOn: [account, ...(args.needs ?? [])] },
        );
        this.cronJobName = cronJob.metadata.name;
        this.accountName = account.metadata.name;
        this.registerOutputs({ cronJobName: this.cronJobName, accountName: this.accountName });
    }
}
