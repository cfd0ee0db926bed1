import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { labels } from "./labels";

/** Arguments of {@link oneOffJob}. */
export interface OneOffJobArgs {
    /** Name of the app and of its ServiceAccount; the pod names the account. */
    readonly app: string;
    /** The layer, as the recommended label `component` has it. */
    readonly component: string;
    readonly namespace: pulumi.Input<string>;
    /** The Job's own name, which ends with the hash of what it runs. */
    readonly jobName: string;
    /** How often a failed pod is repeated. */
    readonly backoffLimit: number;
    readonly pod: k8s.types.input.core.v1.PodSpec;
    readonly needs: readonly pulumi.Resource[];
}

/**
 * A Job that runs once for each content, with an account of its own that has no token. Another content is another name and
 * so another Job; the same one is none. Pulumi waits until it has succeeded.
 *
 * @param name name of the resource in the program; the account's is `<name>-account`
 */
export function oneOffJob(name: string, args: OneOffJobArgs, opts: pulumi.CustomResourceOptions): k8s.batch.v1.Job {
    const { app, component, namespace, jobName, backoffLimit, pod, needs } = args;
    const metadata = { name: app, namespace, labels: labels(app, component) };
    const account = new k8s.core.v1.ServiceAccount(
        `${name}-account`,
        { metadata, automountServiceAccountToken: false },
        opts,
    );
    return new k8s.batch.v1.Job(
        name,
        {
            metadata: { ...metadata, name: jobName },
            spec: {
                backoffLimit,
                activeDeadlineSeconds: 1800,
                // Its log stays for a day; without a limit, one more pod would stay for each version.
                ttlSecondsAfterFinished: 86_400,
                template: { metadata: { labels: metadata.labels }, spec: pod },
            },
        },
        // Longer than the Job's own deadline, so that the Job says why it failed.
        { ...opts, dependsOn: [account, ...needs], customTimeouts: { create: "35m" } },
    );
}
