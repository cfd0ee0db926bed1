import type { CustomKind } from "../pod-types";

const apiGroup = "postgresql.cnpg.io";

/** CloudNativePG with the Barman Cloud plugin. */
export const cloudNativePg: readonly CustomKind[] = [
    {
        apiGroup,
        kind: "Cluster",
        pods: [
            {
                at: "spec",
                count: { at: "instances", default: 1 },
                fields: {
                    spec: {
                        securityContext: "podSecurityContext",
                        serviceAccountName: "serviceAccountName",
                        "affinity.nodeAffinity": "affinity.nodeAffinity",
                        "affinity.podAffinity": "affinity.additionalPodAffinity",
                        "affinity.podAntiAffinity": "affinity.additionalPodAntiAffinity",
                        nodeSelector: "affinity.nodeSelector",
                        tolerations: "affinity.tolerations",
                        topologySpreadConstraints: "topologySpreadConstraints",
                        priorityClassName: "priorityClassName",
                        schedulerName: "schedulerName",
                    },
                    metadata: { labels: "inheritedMetadata.labels", annotations: "inheritedMetadata.annotations" },
                    containers: [
                        {
                            name: "postgres",
                            fields: {
                                image: "imageName",
                                resources: "resources",
                                securityContext: "securityContext",
                                env: "env",
                                envFrom: "envFrom",
                            },
                        },
                    ],
                },
            },
            // The profile of the pod and of its containers, separate from the two security contexts.
            { at: "spec", fields: { spec: { "securityContext.seccompProfile": "seccompProfile" } } },
        ],
    },
    {
        apiGroup,
        kind: "Pooler",
        pods: [
            {
                at: "spec",
                template: "template",
                count: { at: "instances", default: 1 },
                fields: {
                    spec: { serviceAccountName: "serviceAccountName" },
                    containers: [
                        { name: "pgbouncer", fields: { image: "pgbouncer.image" }, defaultResources: "undocumented" },
                    ],
                },
            },
        ],
    },
    {
        apiGroup: "barmancloud.cnpg.io",
        kind: "ObjectStore",
        pods: [
            {
                // A sidecar in each instance of the Clusters that use this store; the Cluster counts the pods.
                at: "spec.instanceSidecarConfiguration",
                fields: {
                    containers: [{ name: "plugin-barman-cloud", fields: { resources: "resources", env: "env" } }],
                },
            },
        ],
    },
];
