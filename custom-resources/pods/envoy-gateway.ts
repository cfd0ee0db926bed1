import type { CustomKind, PodCount, PodLocation } from "../pod-types";

const provider = "spec.provider.kubernetes";

function set(name: "envoyDeployment" | "envoyDaemonSet", count: PodCount): readonly PodLocation[] {
    const spec = ["affinity", "nodeSelector", "priorityClassName", "securityContext", "tolerations", "volumes"];
    return [
        {
            at: `${provider}.${name}`,
            count,
            fields: {
                spec: Object.fromEntries(
                    [...spec, "topologySpreadConstraints"].map((field) => [field, `pod.${field}`]),
                ),
                metadata: { labels: "pod.labels", annotations: "pod.annotations" },
                containers: [
                    {
                        name: "envoy",
                        fields: {
                            image: "container.image",
                            resources: "container.resources",
                            securityContext: "container.securityContext",
                            env: "container.env",
                        },
                        defaultResources: { requests: { cpu: "100m", memory: "512Mi" } },
                    },
                ],
                ...(name === "envoyDeployment" ? { moreInitContainers: "initContainers" } : {}),
            },
        },
        // Patches the resulting Deployment or DaemonSet, so it can contain any field of the pods.
        { at: `${provider}.${name}.patch`, template: "value.spec.template" },
    ];
}

/** Envoy Gateway: each Gateway that an EnvoyProxy configures has its own pods; the number is for one Gateway. */
export const envoyGateway: readonly CustomKind[] = [
    {
        apiGroup: "gateway.envoyproxy.io",
        kind: "EnvoyProxy",
        pods: [
            ...set("envoyDeployment", {
                at: "replicas",
                default: 1,
                autoscaler: {
                    min: `/${provider}.envoyHpa.minReplicas`,
                    max: `/${provider}.envoyHpa.maxReplicas`,
                },
            }),
            ...set("envoyDaemonSet", { default: 1, everyNode: true }),
        ],
    },
];
