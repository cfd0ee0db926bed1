import type { CustomKind, OwnContainer, PodFields, PodLocation } from "../pod-types";

const placement = {
    "affinity.nodeAffinity": "affinity.advanced.nodeAffinity",
    "affinity.podAffinity": "affinity.advanced.podAffinity",
    "affinity.podAntiAffinity": "affinity.advanced.podAntiAffinity",
    nodeSelector: "nodeSelector",
    tolerations: "tolerations",
    topologySpreadConstraints: "topologySpreadConstraints",
    priorityClassName: "priorityClassName",
    runtimeClassName: "runtimeClassName",
    serviceAccountName: "serviceAccountName",
    volumes: "sidecarVolumes",
};

/** Optional sidecars of each member. */
const optionalSidecars: readonly OwnContainer[] = [
    { name: "pmm-client", at: "pmm" },
    { name: "logs", at: "logcollector" },
].map(({ name, at }) => ({
    name,
    when: `/spec.${at}.enabled`,
    fields: {
        image: `/spec.${at}.image`,
        resources: `/spec.${at}.resources`,
        securityContext: `/spec.${at}.containerSecurityContext`,
    },
}));

function fields(name: string, full: boolean): PodFields {
    const contexts = full ? { securityContext: "containerSecurityContext" } : {};
    return {
        spec: { ...placement, ...(full ? { securityContext: "podSecurityContext" } : {}) },
        metadata: { labels: "labels", annotations: "annotations" },
        containers: [
            { name, fields: { image: "/spec.image", resources: "resources", ...contexts } },
            ...optionalSidecars,
        ],
        moreContainers: "sidecars",
    };
}

/** A replica set and its optional members. */
function replicaSet(at: string, when?: string): readonly PodLocation[] {
    const optional = (role: string, full: boolean): PodLocation => ({
        at: `${at}.${role}`,
        when: "enabled",
        count: { at: "size", default: 1 },
        fields: fields(`mongod-${role}`, full),
    });
    return [
        // The default is three, the minimum of a replica set.
        {
            at,
            ...(when === undefined ? {} : { when }),
            count: { at: "size", default: 3 },
            fields: fields("mongod", true),
        },
        optional("arbiter", false),
        optional("nonvoting", true),
        optional("hidden", true),
    ];
}

const sharded = "/spec.sharding.enabled";

/** Percona's operator for MongoDB. Its pods are described by fields, without a template. */
export const percona: readonly CustomKind[] = [
    {
        apiGroup: "psmdb.percona.com",
        kind: "PerconaServerMongoDB",
        pods: [
            ...replicaSet("spec.replsets.*"),
            ...replicaSet("spec.sharding.configsvrReplSet", sharded),
            {
                at: "spec.sharding.mongos",
                when: sharded,
                count: { at: "size", default: 3 },
                fields: fields("mongos", true),
            },
            {
                // A sidecar of each member; the replica set counts the pods.
                at: "spec.backup",
                when: "enabled",
                fields: {
                    spec: { securityContext: "podSecurityContext", serviceAccountName: "serviceAccountName" },
                    containers: [
                        {
                            name: "backup-agent",
                            fields: {
                                image: "image",
                                resources: "resources",
                                securityContext: "containerSecurityContext",
                            },
                        },
                    ],
                },
            },
        ],
    },
];
