import type { CustomKind, OwnContainer, PodCount, PodFields } from "../pod-types";

const prometheusGroup = "monitoring.coreos.com";
const telemetryGroup = "opentelemetry.io";

/** Fields with the same name as in a pod, in both operators. */
const placement = ["affinity", "nodeSelector", "tolerations", "topologySpreadConstraints", "priorityClassName"];
const same = (...names: readonly string[]) => Object.fromEntries(names.map((name) => [name, name]));

/** Containers in the lists are merged by name with the operator's. */
function prometheus(name: string, more: readonly string[], defaults?: OwnContainer["defaultResources"]): PodFields {
    return {
        spec: same(...placement, "securityContext", "serviceAccountName", "hostUsers", "volumes", ...more),
        metadata: { labels: "podMetadata.labels", annotations: "podMetadata.annotations" },
        containers: [
            {
                name,
                fields: { image: "image", resources: "resources" },
                ...(defaults === undefined ? {} : { defaultResources: defaults }),
            },
        ],
        moreContainers: "containers",
        moreInitContainers: "initContainers",
    };
}

const replicas: PodCount = { at: "replicas", default: 1 };
const sharded: PodCount = { ...replicas, times: "shards" };
const network = ["hostNetwork", "automountServiceAccountToken"];

function telemetry(name: string, more: readonly string[] = []): PodFields {
    return {
        spec: {
            ...same(...placement, ...more),
            securityContext: "podSecurityContext",
            serviceAccountName: "serviceAccount",
        },
        metadata: { annotations: "podAnnotations" },
        containers: [
            {
                name,
                fields: { image: "image", resources: "resources", securityContext: "securityContext", env: "env" },
            },
        ],
    };
}

const lists = { moreContainers: "additionalContainers", moreInitContainers: "initContainers" };
const host = ["hostNetwork", "hostPID", "hostUsers", "volumes"];

/** The operators of Prometheus and of OpenTelemetry. */
export const monitoring: readonly CustomKind[] = [
    {
        apiGroup: prometheusGroup,
        kind: "Prometheus",
        pods: [
            { at: "spec", count: sharded, fields: prometheus("prometheus", network) },
            {
                at: "spec.thanos",
                fields: { containers: [{ name: "thanos-sidecar", fields: same("image", "resources") }] },
            },
        ],
    },
    {
        apiGroup: prometheusGroup,
        kind: "PrometheusAgent",
        pods: [{ at: "spec", count: sharded, fields: prometheus("prometheus", network) }],
    },
    {
        apiGroup: prometheusGroup,
        kind: "Alertmanager",
        pods: [
            {
                at: "spec",
                count: replicas,
                fields: prometheus("alertmanager", network, { requests: { memory: "200Mi" } }),
            },
        ],
    },
    {
        apiGroup: prometheusGroup,
        kind: "ThanosRuler",
        pods: [{ at: "spec", count: replicas, fields: prometheus("thanos-ruler", []) }],
    },
    {
        apiGroup: telemetryGroup,
        kind: "OpenTelemetryCollector",
        pods: [
            {
                at: "spec",
                count: {
                    ...replicas,
                    autoscaler: { min: "autoscaler.minReplicas", max: "autoscaler.maxReplicas" },
                },
                fields: { ...telemetry("otc-container", host), ...lists },
            },
            {
                at: "spec.targetAllocator",
                when: "enabled",
                count: replicas,
                fields: { ...telemetry("ta-container"), spec: { securityContext: "podSecurityContext" }, metadata: {} },
            },
        ],
    },
    {
        apiGroup: telemetryGroup,
        kind: "TargetAllocator",
        pods: [{ at: "spec", count: replicas, fields: { ...telemetry("ta-container", host), ...lists } }],
    },
    {
        apiGroup: telemetryGroup,
        kind: "OpAMPBridge",
        pods: [
            {
                at: "spec",
                count: replicas,
                fields: telemetry("opamp-bridge-container", ["hostNetwork", "volumes"]),
            },
        ],
    },
];
