import {
    AclOperationTypes,
    AclPermissionTypes,
    AclResourceTypes,
    type Admin,
    type Kafka,
    ResourcePatternTypes,
} from "kafkajs";

import { eventually } from "../../cluster/control-plane/wait";
import type { Rendered } from "./rendered";

const resourceTypes = { topic: AclResourceTypes.TOPIC, group: AclResourceTypes.GROUP };

/** An operation of a rendered ACL as Kafka's protocol has it. */
function operationOf(name: string): AclOperationTypes {
    const found = AclOperationTypes[name.toUpperCase() as keyof typeof AclOperationTypes] as
        AclOperationTypes | undefined;
    if (found === undefined) {
        throw new Error(`Kafka has no operation ${name}`);
    }
    return found;
}

/** Creates the rendered topics and ACLs, as Strimzi's topic and user operators do. */
export async function applyRendered({ topics, users }: Rendered, admin: Admin): Promise<void> {
    // First: a broker that has a topic has the ACLs too, since it reads the metadata in order.
    await admin.createAcls({
        acl: users.flatMap(({ name, acls }) =>
            acls.flatMap(({ resource, operations, host }) =>
                operations.map((operation) => ({
                    // The user operator's name of a user of type `tls-external`.
                    principal: `User:CN=${name}`,
                    host,
                    operation: operationOf(operation),
                    permissionType: AclPermissionTypes.ALLOW,
                    resourceType: resourceTypes[resource.type],
                    resourceName: resource.name,
                    resourcePatternType: ResourcePatternTypes.LITERAL,
                })),
            ),
        ),
    });
    await admin.createTopics({
        // kafkajs gives up where the broker that it asks does not know a topic yet.
        waitForLeaders: false,
        timeout: 60_000,
        topics: topics.map(({ name, partitions, replicas, config }) => ({
            topic: name,
            numPartitions: partitions,
            replicationFactor: replicas,
            configEntries: Object.entries(config).map(([key, value]) => ({ name: key, value: String(value) })),
        })),
    });
    await eventually("every copy of every topic", async () => {
        const metadata = await admin.fetchTopicMetadata({ topics: topics.map(({ name }) => name) });
        const complete = topics.every(({ name, partitions, replicas }) => {
            const found = metadata.topics.find((topic) => topic.name === name)?.partitions ?? [];
            return found.length === partitions && found.every(({ isr }) => isr.length === replicas);
        });
        return complete ? true : undefined;
    });
}

/** Writes a message to every topic with all copies acknowledged: each broker has the topics and the ACLs after it. */
export async function fillTopics({ topics }: Rendered, kafka: Kafka): Promise<void> {
    // Longer than brokers need to learn of the topics on a busy machine.
    const producer = kafka.producer({ retry: { retries: 60, initialRetryTime: 100, maxRetryTime: 2000 } });
    await producer.connect();
    await producer.sendBatch({
        acks: -1,
        timeout: 60_000,
        topicMessages: topics.map(({ name }) => ({ topic: name, messages: [{ key: "first", value: "first" }] })),
    });
    await producer.disconnect();
}
