import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { images, platformImage } from "../common/images";
import { labels, selectorLabels } from "../common/labels";
import { containerSecurityContext, podSecurityContext } from "../common/security-context";
import type { Declaration, Resources } from "../layer";

/** What a {@link KubeBench} is made from. */
export interface KubeBenchArgs {
    /** The namespace that it runs in, once its default deny is in force. */
    readonly namespace: pulumi.Input<string>;
    /** Recommendations of CIS, by kube-bench's name for them. */
    readonly benchmark: string;
    /** Registry that images come from. @default the image's own */
    readonly mirror: string | undefined;
}

/** Name of the job and of all that belongs to it; the policy on tokens knows the account by it. */
const own = "kube-bench";

const resources: Resources = {
    requests: { cpu: "100m", memory: "128Mi" },
    limits: { cpu: "500m", memory: "512Mi" },
};

/** The job's pod: it reads the API server and nothing else. */
export function declareBenchmark(): Declaration {
    return {
        images: [{ image: images.kubeBench }],
        pods: [
            {
                name: own,
                namespace: "security",
                labels: selectorLabels(own),
                app: { name: own, component: "audit" },
                source: "object",
                pool: "app",
                // One at a time, and none between the runs.
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

/** What the checks read, nothing of it secret: neither Secrets nor ConfigMaps, and no `watch`. */
const readable: readonly (readonly [group: string, ...resources: string[]])[] = [
    ["", "namespaces", "pods", "replicationcontrollers", "serviceaccounts", "services"],
    ["apps", "daemonsets", "deployments", "replicasets", "statefulsets"],
    ["autoscaling", "horizontalpodautoscalers"],
    ["batch", "cronjobs", "jobs"],
    ["certificates.k8s.io", "certificatesigningrequests"],
    ["networking.k8s.io", "networkpolicies"],
    ["rbac.authorization.k8s.io", "clusterrolebindings", "clusterroles", "rolebindings", "roles"],
];

/**
 * Compares roles, pods and network policies with CIS' recommendations each Monday, and writes what it finds to its log
 * (SC-12). It reads the API and nothing else: what CIS says of nodes would take a pod that mounts them, which no namespace
 * of ours admits, and on both clouds it is the node image's business.
 */
export class KubeBench extends pulumi.ComponentResource {
    public readonly cronJobName: pulumi.Output<string>;

    constructor(name: string, args: KubeBenchArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:audit:KubeBench", name, {}, opts);
        const child = { parent: this };
        const clusterWide = { name: own, labels: labels(own, "audit") };
        const metadata = { ...clusterWide, namespace: args.namespace };
        const account = new k8s.core.v1.ServiceAccount(
            `${name}-account`,
            // The one pod below asks for the token itself.
            { metadata, automountServiceAccountToken: false },
            child,
        );
        const role = new k8s.rbac.v1.ClusterRole(
            `${name}-role`,
            {
                metadata: clusterWide,
                rules: readable.map(([group, ...resources]) => ({
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
                    // Monday morning: somebody is there who reads it.
                    schedule: "0 5 * * 1",
                    timeZone: "Etc/UTC",
                    concurrencyPolicy: "Forbid",
                    // Missed by an hour it may still run, missed by a day it waits for the next week.
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
        // By name, which the policy on tokens has to see before the account is made; the job waits for both.
        serviceAccountName: own,
        // It reads the API, which is all that it is for; with the rights of the role above.
        automountServiceAccountToken: true,
        enableServiceLinks: false,
        securityContext: podSecurityContext(),
        containers: [
            {
                name: own,
                image: platformImage("kubeBench", args.mirror),
                imagePullPolicy: "Always",
                command: ["kube-bench"],
                // By name: kube-bench would guess it from the version, and knows none after 1.34.
                args: ["run", "--targets", "policies", "--benchmark", args.benchmark, "--json"],
                // kubectl keeps what it learns about the API below its home.
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
