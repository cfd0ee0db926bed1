import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { type ImageSettings, images, platformImage } from "../common/images";
import { labels, selectorLabels } from "../common/labels";
import { containerSecurityContext, podSecurityContext } from "../common/security-context";
import type { Declaration, Resources } from "../layer";

/** Arguments of {@link KubeBench}. */
export interface KubeBenchArgs {
    /** Namespace of the job; resolves when its default deny exists. */
    readonly namespace: pulumi.Input<string>;
    /** kube-bench's name of a CIS benchmark. */
    readonly benchmark: string;
    /** Mirror and digest of the image. */
    readonly images: ImageSettings;
}

/** Name of the job and of its objects; the policy on service account tokens exempts the account by it. */
const appName = "kube-bench";

const resources: Resources = {
    requests: { cpu: "100m", memory: "128Mi" },
    limits: { cpu: "500m", memory: "512Mi" },
};

/** The job's pod, which reads the Kubernetes API only. */
export function declareBenchmark(): Declaration {
    return {
        images: [{ image: images.kubeBench }],
        pods: [
            {
                name: appName,
                namespace: "security",
                labels: selectorLabels(appName),
                app: { name: appName, component: "audit" },
                source: "object",
                pool: "app",
                // One pod at a time, and none between runs.
                count: { min: 0, max: 1, surge: 0 },
                job: true,
                resources,
                spread: "preferred",
                callers: [],
                calls: ["dns", "api-server"],
            },
        ],
    };
}

/** Resources that the checks read; no Secrets and no ConfigMaps. */
const readableResources: readonly (readonly [group: string, ...resources: string[]])[] = [
    ["", "namespaces", "pods", "replicationcontrollers", "serviceaccounts", "services"],
    ["apps", "daemonsets", "deployments", "replicasets", "statefulsets"],
    ["autoscaling", "horizontalpodautoscalers"],
    ["batch", "cronjobs", "jobs"],
    ["certificates.k8s.io", "certificatesigningrequests"],
    ["networking.k8s.io", "networkpolicies"],
    ["rbac.authorization.k8s.io", "clusterrolebindings", "clusterroles", "rolebindings", "roles"],
];

/**
 * Compares roles, pods and network policies with the CIS benchmark each Monday and writes the findings to its log (SC-12).
 * It reads the API only: the benchmark's checks of nodes need a pod with host mounts, which no namespace of the platform
 * admits, and on both clouds the node image covers them.
 */
export class KubeBench extends pulumi.ComponentResource {
    public readonly cronJobName: pulumi.Output<string>;

    constructor(name: string, args: KubeBenchArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:audit:KubeBench", name, {}, opts);
        const child = { parent: this };
        const clusterWide = { name: appName, labels: labels(appName, "audit") };
        const metadata = { ...clusterWide, namespace: args.namespace };
        const account = new k8s.core.v1.ServiceAccount(
            `${name}-account`,
            // The pod below mounts the token explicitly.
            { metadata, automountServiceAccountToken: false },
            child,
        );
        const role = new k8s.rbac.v1.ClusterRole(
            `${name}-role`,
            {
                metadata: clusterWide,
                rules: readableResources.map(([group, ...resources]) => ({
                    apiGroups: [group],
                    resources,
                    verbs: ["get", "list"],
                })),
            },
            child,
        );
        const binding = new k8s.rbac.v1.ClusterRoleBinding(
            `${name}-binding`,
            {
                metadata: clusterWide,
                roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: role.metadata.name },
                subjects: [{ kind: "ServiceAccount", name: account.metadata.name, namespace: args.namespace }],
            },
            child,
        );
        const cronJob = new k8s.batch.v1.CronJob(
            name,
            {
                metadata,
                spec: {
                    // At the start of the working week.
                    schedule: "0 5 * * 1",
                    timeZone: "Etc/UTC",
                    concurrencyPolicy: "Forbid",
                    // A run may start up to one hour late; after that it is skipped until the next week.
                    startingDeadlineSeconds: 3600,
                    successfulJobsHistoryLimit: 1,
                    failedJobsHistoryLimit: 1,
                    jobTemplate: {
                        spec: {
                            backoffLimit: 1,
                            activeDeadlineSeconds: 900,
                            template: { metadata: { labels: metadata.labels }, spec: podSpec(args) },
                        },
                    },
                },
            },
            { ...child, dependsOn: [binding] },
        );
        this.cronJobName = cronJob.metadata.name;
        this.registerOutputs({ cronJobName: this.cronJobName });
    }
}

function podSpec(args: KubeBenchArgs): k8s.types.input.core.v1.PodSpec {
    return {
        restartPolicy: "Never",
        // A plain name, which the policy on tokens checks in a preview; the job depends on the account.
        serviceAccountName: appName,
        // The checks use the API with the permissions of the role above.
        automountServiceAccountToken: true,
        enableServiceLinks: false,
        securityContext: podSecurityContext(),
        containers: [
            {
                name: appName,
                image: platformImage("kubeBench", args.images),
                imagePullPolicy: "Always",
                command: ["kube-bench"],
                // Explicit: kube-bench derives the benchmark from the cluster's version and knows none after 1.34.
                args: ["run", "--targets", "policies", "--benchmark", args.benchmark, "--json"],
                // kubectl caches API discovery below HOME.
                env: [{ name: "HOME", value: "/tmp" }],
                resources: {
                    requests: { ...resources.requests, "ephemeral-storage": "64Mi" },
                    limits: { ...resources.limits, "ephemeral-storage": "128Mi" },
                },
                securityContext: containerSecurityContext(),
                volumeMounts: [{ name: "tmp", mountPath: "/tmp" }],
            },
        ],
        volumes: [{ name: "tmp", emptyDir: { sizeLimit: "64Mi" } }],
    };
}
