import type { StoreCaller } from "../../catalog/graph";
import type { KafkaUser } from "../../custom-resources/types/kafka.strimzi.io/KafkaUser";

type Acl = NonNullable<KafkaUser["spec"]["authorization"]>["acls"][number];

/** What a producer of a topic may do. Idempotent writes need no more since Kafka 3.0 (KIP-679). */
const producerOperations: Acl["operations"] = ["Describe", "Write"];
const consumerOperations: Acl["operations"] = ["Describe", "Read"];

/** The consumer group of a workload: no other workload may join it, or it would get a part of its messages. */
export function groupOf({ workload, consumes }: StoreCaller): string | undefined {
    return consumes.length === 0 ? undefined : workload;
}

function topicAcl(name: string, operations: Acl["operations"]): Acl {
    return { type: "allow", resource: { type: "topic", name, patternType: "literal" }, operations, host: "*" };
}

/** The rights of a workload, exactly as the catalogue has them (MQ-01). */
export function aclsOf(caller: StoreCaller): Acl[] {
    const group = groupOf(caller);
    return [
        ...caller.produces.map((topic) => topicAcl(topic, producerOperations)),
        ...caller.consumes.map((topic) => topicAcl(topic, consumerOperations)),
        ...(group === undefined
            ? []
            : [
                  {
                      type: "allow" as const,
                      resource: { type: "group" as const, name: group, patternType: "literal" as const },
                      operations: ["Read" as const],
                      host: "*",
                  },
              ]),
    ];
}

/** The resource of a workload's user without its metadata. */
export function userSpec(caller: StoreCaller): KafkaUser["spec"] {
    return {
        // By the common name of the certificate that the workload has of the stack's own authority.
        authentication: { type: "tls-external" },
        authorization: { type: "simple", acls: aclsOf(caller) },
    };
}
