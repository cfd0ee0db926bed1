import type { Member, Members, MemberStack } from "../security/members";

const member = (labels: Member["labels"], own: Omit<Member, "namespace" | "labels">): Member => ({
    namespace: "messaging",
    labels,
    ...own,
});

const node = (pool: string) => ({ "strimzi.io/cluster": "shop", "strimzi.io/pool-name": pool });
const part = (name: string) => ({ "strimzi.io/cluster": "shop", "strimzi.io/name": `shop-${name}` });

/** The pods of Kafka and what they may reach (NW-05); a replica has the operator only (CL-18). */
export function messagingMembers({ tier, replica = false }: MemberStack): Members {
    // Only prod has controllers apart from the brokers; elsewhere the brokers have the controllers' port too.
    const apart = tier === "prod";
    const operator = member(
        { name: "strimzi-cluster-operator", "strimzi.io/kind": "cluster-operator" },
        {
            metrics: ["TCP/8080"],
            calls: ["api-server"],
            peers: apart
                ? { "shop-broker": ["TCP/8443", "TCP/9091"], "shop-controller": ["TCP/8443", "TCP/9090"] }
                : { "shop-broker": ["TCP/8443", "TCP/9090", "TCP/9091"] },
        },
    );
    if (replica) {
        return { "strimzi-operator": operator };
    }
    return {
        "strimzi-operator": operator,
        "shop-broker": member(node("broker"), {
            metrics: ["TCP/9404"],
            calls: ["api-server"],
            peers: apart
                ? { "shop-broker": ["TCP/9091"], "shop-controller": ["TCP/9090"] }
                : { "shop-broker": ["TCP/9090", "TCP/9091"] },
        }),
        ...(apart && {
            "shop-controller": member(node("controller"), {
                metrics: ["TCP/9404"],
                calls: ["api-server"],
                peers: { "shop-controller": ["TCP/9090"] },
            }),
        }),
        "shop-entity-operator": member(part("entity-operator"), {
            metrics: ["TCP/8080", "TCP/8081"],
            calls: ["api-server"],
            peers: { "shop-broker": ["TCP/9091"] },
        }),
        "shop-kafka-exporter": member(part("kafka-exporter"), {
            metrics: ["TCP/9404"],
            calls: [],
            peers: { "shop-broker": ["TCP/9091"] },
        }),
    };
}
