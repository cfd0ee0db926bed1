import { describedPods } from "../../../tools/plan/review/custom-pods";
import {
    at,
    isObject,
    listAt,
    numberAt,
    textAt,
    textsOf,
    type Json,
    type JsonObject,
    type KubeObject,
} from "../control-plane/json";
import { podAntiAffinity, container, pick, restrictedPod } from "./common";
import type { Claim, SimulatedOperator } from "./types";

/**
 * Strimzi: one pod per Kafka node of a KafkaNodePool. The pod template is the pool's, else the Kafka resource's; `rack`
 * adds the affinity in its documentation of rack awareness.
 */
export const strimzi: SimulatedOperator = {
    apiVersion: "kafka.strimzi.io/v1",
    kind: "KafkaNodePool",
    podsOf: (pool, all) => {
        const cluster = labelOf(pool, "strimzi.io/cluster");
        const kafka = all.find(({ kind, metadata }) => kind === "Kafka" && metadata.name === cluster);
        const [own] = describedPods(pool);
        // What the Kafka resource says of its brokers is the one description of it that stands for no pods of its own.
        const shared = kafka === undefined ? undefined : describedPods(kafka).find(({ count }) => count === undefined);
        const template = at(pool, "spec", "template", "pod") === undefined ? shared?.template : own?.template;
        const spec = at(template, "spec");
        const ownResources = listAt(own?.template["spec"], "containers").map((one) => at(one, "resources"));
        const labels = {
            "strimzi.io/cluster": cluster,
            "strimzi.io/pool-name": pool.metadata.name,
            "strimzi.io/name": `${cluster}-kafka`,
        };
        return [
            {
                name: `${cluster}-${pool.metadata.name}`,
                count: own?.count ?? 1,
                labels: { ...labels, ...textsOf(at(template, "metadata", "labels")) },
                spec: {
                    securityContext: restrictedPod,
                    ...pick(spec, "tolerations", "topologySpreadConstraints", "priorityClassName", "schedulerName"),
                    affinity: affinityOf(spec, textAt(kafka, "spec", "kafka", "rack", "topologyKey"), labels),
                    containers: ownResources.map((resources) => container("kafka", resources)),
                },
                claims: Object.fromEntries(volumes(at(pool, "spec", "storage"))),
            },
        ];
    },
};

function labelOf(object: KubeObject, key: string): string {
    return textAt(object, "metadata", "labels", key) ?? "";
}

function affinityOf(spec: Json | undefined, rack: string | undefined, labels: Record<string, string>): JsonObject {
    const own = at(spec, "affinity");
    const configured = isObject(own) ? own : {};
    if (rack === undefined) {
        return configured;
    }
    const clusterLabels = {
        "strimzi.io/cluster": labels["strimzi.io/cluster"] ?? "",
        "strimzi.io/name": labels["strimzi.io/name"] ?? "",
    };
    const required = { nodeSelectorTerms: [{ matchExpressions: [{ key: rack, operator: "Exists" }] }] };
    return {
        nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: required },
        podAntiAffinity: podAntiAffinity(rack, clusterLabels, false),
        ...configured,
    };
}

/** Claims of the pool's storage: one volume, or each volume of a JBOD array; none for ephemeral storage. */
function volumes(storage: Json | undefined): [string, Claim][] {
    const claimOf = (volume: Json | undefined, name: string): [string, Claim][] =>
        textAt(volume, "type") === "persistent-claim"
            ? [[name, { size: textAt(volume, "size") ?? "1Gi", storageClass: textAt(volume, "class") }]]
            : [];
    return textAt(storage, "type") === "jbod"
        ? listAt(storage, "volumes").flatMap((volume, index) =>
              claimOf(volume, `data-${numberAt(volume, "id") ?? index}`),
          )
        : claimOf(storage, "data");
}
