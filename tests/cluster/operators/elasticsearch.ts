import { at, listAt, numberAt, textAt, textsOf, type Json, type KubeObject } from "../control-plane/json";
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
        listAt(resource, "spec", "nodeSets").map((set) => {
            const cluster = resource.metadata.name;
            const labels = { "elasticsearch.k8s.elastic.co/cluster-name": cluster };
            const setName = textAt(set, "name") ?? "default";
            const spec = at(set, "podTemplate", "spec");
            const own = listAt(spec, "containers").find((item) => textAt(item, "name") === "elasticsearch");
            const resources = at(own, "resources") ?? { requests: { memory: "2Gi" }, limits: { memory: "2Gi" } };
            const copied = [
                "nodeSelector",
                "tolerations",
                "topologySpreadConstraints",
                "priorityClassName",
                "affinity",
            ];
            return {
                name: `${cluster}-es-${setName}`,
                count: numberAt(set, "count") ?? 0,
                labels: {
                    ...labels,
                    "elasticsearch.k8s.elastic.co/statefulset-name": `${cluster}-es-${setName}`,
                    ...labelsOf(set),
                },
                spec: {
                    securityContext: restrictedPod,
                    affinity: { podAntiAffinity: podAntiAffinity("kubernetes.io/hostname", labels, false) },
                    ...pick(spec, ...copied),
                    containers: [container("elasticsearch", resources), ...sidecars(spec)],
                },
                claims: claimsOf(set, resource),
            };
        }),
};

function labelsOf(set: Json): Record<string, string> {
    return textsOf(at(set, "podTemplate", "metadata", "labels"));
}

function sidecars(spec: Json | undefined): Json[] {
    return listAt(spec, "containers")
        .filter((item) => textAt(item, "name") !== "elasticsearch")
        .map((item) => container(textAt(item, "name") ?? "sidecar", at(item, "resources")));
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
