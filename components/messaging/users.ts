import type { StoreCaller } from "../../catalog/graph";
import type { Queue } from "../common/queues";
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

function groupAcl(name: string, operations: Acl["operations"]): Acl {
    return { type: "allow", resource: { type: "group", name, patternType: "literal" }, operations, host: "*" };
}

/** The rights of a workload, exactly as the catalogue has them (MQ-01). */
export function aclsOf(caller: StoreCaller): Acl[] {
    const group = groupOf(caller);
    return [
        ...caller.produces.map((topic) => topicAcl(topic, producerOperations)),
        ...caller.consumes.map((topic) => topicAcl(topic, consumerOperations)),
        ...(group === undefined ? [] : [groupAcl(group, ["Read"])]),
    ];
}

/** The user that reads how many messages wait: offsets of topics and of their consumers, and no message (AS-06). */
export function lagReaderSpec(queues: readonly Queue[]): KafkaUser["spec"] {
    const acls = queues.flatMap(({ workload, topic }) => [
        topicAcl(topic, ["Describe"]),
        groupAcl(workload, ["Describe"]),
    ]);
    return { authentication: { type: "tls-external" }, authorization: { type: "simple", acls } };
}

/** The resource of a workload's user without its metadata. */
export function userSpec(caller: StoreCaller): KafkaUser["spec"] {
    return {
        // By the common name of the certificate that the workload has of the stack's own authority.
        authentication: { type: "tls-external" },
        authorization: { type: "simple", acls: aclsOf(caller) },
    };
}
