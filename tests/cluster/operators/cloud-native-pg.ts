import { at, isObject, numberAt, textAt, type JsonObject, type KubeObject } from "../control-plane/json";
import { podAntiAffinity, container, pick, restrictedPod } from "./common";
import type { Claim, SimulatedOperator } from "./types";

/**
 * CloudNativePG: one pod per instance. Anti-affinity by host name is preferred by default, see its documentation of
 * `spec.affinity`.
 */
export const cloudNativePg: SimulatedOperator = {
    apiVersion: "postgresql.cnpg.io/v1",
    kind: "Cluster",
    podsOf: (cluster) => {
        const { name } = cluster.metadata;
        const labels = { "cnpg.io/cluster": name, "cnpg.io/podRole": "instance" };
        const claims: Record<string, Claim> = { pgdata: claimOf(cluster, "storage") };
        if (at(cluster, "spec", "walStorage") !== undefined) {
            claims["pg-wal"] = claimOf(cluster, "walStorage");
        }
        return [
            {
                name,
                // The operator numbers instances from 1.
                first: 1,
                count: numberAt(cluster, "spec", "instances") ?? 1,
                labels,
                spec: {
                    securityContext: restrictedPod,
                    ...pick(at(cluster, "spec"), "topologySpreadConstraints", "priorityClassName", "schedulerName"),
                    ...pick(at(cluster, "spec", "affinity"), "nodeSelector", "tolerations"),
                    affinity: affinityOf(cluster, labels),
                    containers: [container("postgres", at(cluster, "spec", "resources"))],
                },
                claims,
            },
        ];
    },
};

function claimOf(cluster: KubeObject, field: "storage" | "walStorage"): Claim {
    const template = at(cluster, "spec", field, "pvcTemplate");
    return {
        size: textAt(cluster, "spec", field, "size") ?? textAt(template, "resources", "requests", "storage") ?? "1Gi",
        storageClass: textAt(cluster, "spec", field, "storageClass") ?? textAt(template, "storageClassName"),
    };
}

function affinityOf(cluster: KubeObject, labels: Readonly<Record<string, string>>): JsonObject {
    const own = at(cluster, "spec", "affinity");
    const nodeAffinity = at(own, "nodeAffinity");
    const podAffinity = at(own, "additionalPodAffinity");
    const required = textAt(own, "podAntiAffinityType") === "required";
    const generated =
        at(own, "enablePodAntiAffinity") === false
            ? {}
            : podAntiAffinity(textAt(own, "topologyKey") ?? "kubernetes.io/hostname", labels, required);
    const additional = at(own, "additionalPodAntiAffinity");
    return {
        ...(nodeAffinity === undefined ? {} : { nodeAffinity }),
        ...(podAffinity === undefined ? {} : { podAffinity }),
        podAntiAffinity: { ...generated, ...(isObject(additional) ? additional : {}) },
    };
}
