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

/** Copies the operator's programs into a volume of each pod, with the resources of the pod's own container. */
const init: OwnContainer = {
    name: "mongo-init",
    init: true,
    fields: {
        image: "/spec.initImage",
        resources: "resources",
        securityContext: "/spec.initContainerSecurityContext",
    },
};

/** A sidecar of each pod that the resource switches on. */
const sidecar = (name: string, at: string): OwnContainer => ({
    name,
    when: `/spec.${at}.enabled`,
    fields: {
        image: `/spec.${at}.image`,
        resources: `/spec.${at}.resources`,
        securityContext: `/spec.${at}.containerSecurityContext`,
    },
});

const sidecars = [sidecar("pmm-client", "pmm"), sidecar("logs", "logcollector")];

/** @param more sidecars of these pods alone */
function fields(name: string, full: boolean, more: readonly OwnContainer[] = []): PodFields {
    const contexts = full ? { securityContext: "containerSecurityContext" } : {};
    return {
        spec: { ...placement, ...(full ? { securityContext: "podSecurityContext" } : {}) },
        metadata: { labels: "labels", annotations: "annotations" },
        containers: [
            { name, fields: { image: "/spec.image", resources: "resources", ...contexts } },
            ...sidecars,
            ...more,
            init,
        ],
        moreContainers: "sidecars",
    };
}

/** Makes the backups; in each member that has data. */
const backup = [sidecar("backup-agent", "backup")];

/** A replica set and its optional members. */
function replicaSet(at: string, when?: string): readonly PodLocation[] {
    const optional = (role: string, full: boolean): PodLocation => ({
        at: `${at}.${role}`,
        when: "enabled",
        count: { at: "size", default: 1 },
        fields: fields(`mongod-${role}`, full, full ? backup : []),
    });
    return [
        // The default is three, the minimum of a replica set.
        {
            at,
            ...(when === undefined ? {} : { when }),
            count: { at: "size", default: 3 },
            fields: fields("mongod", true, backup),
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
        ],
    },
];
