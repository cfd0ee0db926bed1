import { describedPods } from "../../../tools/plan/review/custom-pods";
import { at, listAt, textAt, textsOf, type Json, type KubeObject } from "../control-plane/json";
import { apart, container, pick, restrictedPod } from "./common";
import type { Claim, Player } from "./types";

/**
 * ECK: a pod for each node of each node set. Without an affinity of its own a pod prefers a node without another one of
 * the cluster; without resources a container takes 2Gi; without a claim template data lives on 1Gi. All as documented.
 */
export const elasticsearch: Player = {
    apiVersion: "elasticsearch.k8s.elastic.co/v1",
    kind: "Elasticsearch",
    podsOf: (resource) =>
        describedPods(resource).map(({ base: set, count, template }) => {
            const cluster = resource.metadata.name;
            const labels = { "elasticsearch.k8s.elastic.co/cluster-name": cluster };
            const setName = textAt(set, "name") ?? "default";
            const { spec } = template;
            const kept = ["nodeSelector", "tolerations", "topologySpreadConstraints", "priorityClassName", "affinity"];
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
                    affinity: { podAntiAffinity: apart("kubernetes.io/hostname", labels, false) },
                    ...pick(spec, ...kept),
                    containers: listAt(spec, "containers").map((own) =>
                        container(textAt(own, "name") ?? "sidecar", at(own, "resources")),
                    ),
                },
                claims: claimsOf(set, resource),
            };
        }),
};

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
