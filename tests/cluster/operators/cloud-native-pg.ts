import { describedPods } from "../../../tools/plan/review/custom-pods";
import { at, isObject, listAt, textAt, type Json, type JsonObject, type KubeObject } from "../control-plane/json";
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
        // The operator's value is the pod's own name; selectors ask only whether there is one.
        const labels = { "cnpg.io/cluster": name, "cnpg.io/podRole": "instance", "cnpg.io/instanceName": name };
        const claims: Record<string, Claim> = { pgdata: claimOf(cluster, "storage") };
        if (at(cluster, "spec", "walStorage") !== undefined) {
            claims["pg-wal"] = claimOf(cluster, "walStorage");
        }
        const placement = ["topologySpreadConstraints", "priorityClassName", "schedulerName", "nodeSelector"];
        return describedPods(cluster).flatMap(({ count, template: { spec } }) =>
            count === undefined
                ? []
                : {
                      name,
                      // The operator numbers instances from 1.
                      first: 1,
                      count,
                      labels,
                      spec: {
                          securityContext: restrictedPod,
                          ...pick(spec, ...placement, "tolerations"),
                          affinity: affinityOf(cluster, at(spec, "affinity"), labels),
                          containers: listAt(spec, "containers").map((own) =>
                              container("postgres", at(own, "resources")),
                          ),
                      },
                      claims,
                  },
        );
    },
};

function claimOf(cluster: KubeObject, field: "storage" | "walStorage"): Claim {
    const template = at(cluster, "spec", field, "pvcTemplate");
    return {
        size: textAt(cluster, "spec", field, "size") ?? textAt(template, "resources", "requests", "storage") ?? "1Gi",
        storageClass: textAt(cluster, "spec", field, "storageClass") ?? textAt(template, "storageClassName"),
    };
}

/** @param given what the resource says itself; the operator adds an anti-affinity between instances */
function affinityOf(
    cluster: KubeObject,
    given: Json | undefined,
    labels: Readonly<Record<string, string>>,
): JsonObject {
    const own = at(cluster, "spec", "affinity");
    const additional = at(given, "podAntiAffinity");
    const required = textAt(own, "podAntiAffinityType") === "required";
    const generated =
        at(own, "enablePodAntiAffinity") === false
            ? {}
            : podAntiAffinity(textAt(own, "topologyKey") ?? "kubernetes.io/hostname", labels, required);
    return {
        ...pick(given, "nodeAffinity", "podAffinity"),
        podAntiAffinity: { ...generated, ...(isObject(additional) ? additional : {}) },
    };
}
