import type { CustomKind, OwnContainer, PodCount, PodLocation } from "../pod-types";

/** The container that the operator creates; its resources may be inside or outside the template. */
function own(name: string, defaultResources?: OwnContainer["defaultResources"]): OwnContainer {
    return {
        name,
        fields: { image: "/spec.image", resources: "/spec.resources" },
        defaultResources: defaultResources ?? "undocumented",
    };
}

const account = { serviceAccountName: "/spec.serviceAccountName" };
const memory = (size: string) => ({ requests: { memory: size }, limits: { memory: size } });

function location(at: string, container: OwnContainer, count?: PodCount): PodLocation {
    const shared = { at, template: "podTemplate", fields: { spec: account, containers: [container] } };
    return count === undefined ? shared : { ...shared, count };
}

/** A kind with one template and a number of pods. */
function counted(group: string, kind: string, container: OwnContainer): CustomKind {
    return {
        apiGroup: `${group}.k8s.elastic.co`,
        kind,
        pods: [location("spec", container, { at: "count", default: 1 })],
    };
}

/** A kind whose pods are a Deployment, a DaemonSet or a StatefulSet. */
function deployed(group: string, kind: string, name: string, ...sets: readonly string[]): CustomKind {
    return {
        apiGroup: `${group}.k8s.elastic.co`,
        kind,
        pods: [
            location("spec.daemonSet", own(name), { default: 1, everyNode: true }),
            ...sets.map((set) => location(`spec.${set}`, own(name), { at: "replicas", default: 1 })),
        ],
    };
}

/** Elastic Cloud on Kubernetes. The operator merges templates into its own. */
export const elastic: readonly CustomKind[] = [
    {
        apiGroup: "elasticsearch.k8s.elastic.co",
        kind: "Elasticsearch",
        pods: [
            location(
                "spec.nodeSets.*",
                {
                    name: "elasticsearch",
                    fields: { image: "/spec.image", resources: "resources" },
                    defaultResources: memory("2Gi"),
                },
                { at: "count", default: 1 },
            ),
        ],
    },
    counted("kibana", "Kibana", own("kibana", memory("1Gi"))),
    counted("apm", "ApmServer", own("apm-server", memory("512Mi"))),
    counted("logstash", "Logstash", own("logstash")),
    counted("maps", "ElasticMapsServer", own("maps")),
    counted("enterprisesearch", "EnterpriseSearch", own("enterprise-search")),
    deployed("beat", "Beat", "beat", "deployment"),
    deployed("agent", "Agent", "agent", "deployment", "statefulSet"),
];
