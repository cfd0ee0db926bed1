import { describedPods } from "../../../tools/plan/review/custom-pods";
import {
    at,
    isObject,
    listAt,
    textAt,
    textsOf,
    type Json,
    type JsonObject,
    type KubeObject,
} from "../control-plane/json";
import { podAntiAffinity, container, pick, restrictedPod } from "./common";
import type { Claim, SimulatedOperator } from "./types";

/**
 * ECK: one pod per node of each node set. Documented defaults: preferred anti-affinity by host name within the cluster,
 * 2Gi of memory, a data volume of 1Gi.
 */
export const elasticsearch: SimulatedOperator = {
    apiVersion: "elasticsearch.k8s.elastic.co/v1",
    kind: "Elasticsearch",
    podsOf: (resource) =>
        describedPods(resource).map(({ base: set, count, template }) => {
            const cluster = resource.metadata.name;
            const labels = { "elasticsearch.k8s.elastic.co/cluster-name": cluster };
            const setName = textAt(set, "name") ?? "default";
            const { spec } = template;
            const copied = [
                "nodeSelector",
                "tolerations",
                "topologySpreadConstraints",
                "priorityClassName",
                "affinity",
            ];
            return {
                name: `${cluster}-es-${setName}`,
                count: count ?? 0,
                labels: {
                    ...labels,
                    "elasticsearch.k8s.elastic.co/statefulset-name": `${cluster}-es-${setName}`,
                    ...textsOf(at(template, "metadata", "labels")),
                },
                spec: {
                    securityContext: restrictedPod,
                    affinity: { podAntiAffinity: podAntiAffinity("kubernetes.io/hostname", labels, false) },
                    ...pick(spec, ...copied),
                    ...inZones(set, at(spec, "affinity")),
                    containers: listAt(spec, "containers").map((own) =>
                        container(textAt(own, "name") ?? "sidecar", at(own, "resources")),
                    ),
                },
                claims: claimsOf(set, resource),
            };
        }),
};

/** A set that is aware of zones runs on nodes that have one. */
function inZones(set: Json, affinity: Json | undefined): JsonObject {
    if (at(set, "zoneAwareness") === undefined) {
        return {};
    }
    const key = textAt(set, "zoneAwareness", "topologyKey") ?? "topology.kubernetes.io/zone";
    const zone = { key, operator: "Exists" };
    const terms = listAt(
        affinity,
        "nodeAffinity",
        "requiredDuringSchedulingIgnoredDuringExecution",
        "nodeSelectorTerms",
    );
    const required = (terms.length === 0 ? [{}] : terms).map((term) => ({
        ...(isObject(term) ? term : {}),
        matchExpressions: [...listAt(term, "matchExpressions"), zone],
    }));
    return {
        affinity: {
            ...(isObject(affinity) ? affinity : {}),
            nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: required } },
        },
    };
}

function claimsOf(set: Json, resource: KubeObject): Record<string, Claim> {
    const templates = listAt(set, "volumeClaimTemplates");
    if (templates.length === 0) {
        const [fallback] = listAt(resource, "spec", "volumeClaimTemplates");
        return { "elasticsearch-data": claimOf(fallback) };
    }
    return Object.fromEntries(
        templates.map((template) => [textAt(template, "metadata", "name") ?? "elasticsearch-data", claimOf(template)]),
    );
}

function claimOf(template: Json | undefined): Claim {
    return {
        size: textAt(template, "spec", "resources", "requests", "storage") ?? "1Gi",
        storageClass: textAt(template, "spec", "storageClassName"),
    };
}
