import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { StoreCaller } from "../../catalog/graph";
import { type Topic, topics } from "../../catalog/topics";
import type { Inputs } from "../../custom-resources/inputs";
import type { KafkaTopic } from "../../custom-resources/types/kafka.strimzi.io/KafkaTopic";
import type { KafkaUser } from "../../custom-resources/types/kafka.strimzi.io/KafkaUser";
import { type Queue, queueReader } from "../common/queues";
import { labels } from "../common/labels";
import { untilReady } from "../common/ready";
import type { MessagingSettings } from "./config-types";
import { topicSpec } from "./topics";
import { clusterName } from "./types";
import { lagReaderSpec, userSpec } from "./users";

/** Arguments of {@link KafkaAccess}. */
export interface KafkaAccessArgs {
    readonly messaging: MessagingSettings;
    readonly namespace: pulumi.Input<string>;
    /** The workloads that call Kafka, with their topics. */
    readonly callers: readonly StoreCaller[];
    /** Queues whose length autoscalers read. */
    readonly queues: readonly Queue[];
    /** The cluster. */
    readonly needs: readonly pulumi.Resource[];
}

/** The catalogue's topics, and a user for each workload that calls Kafka and for the autoscaler (MQ-01, MQ-02, AS-06). */
export class KafkaAccess extends pulumi.ComponentResource {
    /** Names of the topics; each resolves when it exists with its partitions. */
    public readonly topicNames: pulumi.Output<string[]>;
    /** Names of the users; each resolves when its ACLs are in effect. */
    public readonly userNames: pulumi.Output<string[]>;

    constructor(name: string, args: KafkaAccessArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:messaging:KafkaAccess", name, {}, opts);
        const { messaging, namespace, callers } = args;
        const child = { parent: this, dependsOn: [...args.needs] };
        const metadata = (own: string) => ({
            name: own,
            namespace,
            labels: { ...labels(own, "messaging"), "strimzi.io/cluster": clusterName },
            annotations: untilReady,
        });
        const createdTopics = Object.entries<Topic>(topics).map(
            ([topic, entry]) =>
                new k8s.apiextensions.CustomResource(
                    `${name}-topic-${topic}`,
                    {
                        apiVersion: "kafka.strimzi.io/v1",
                        kind: "KafkaTopic",
                        metadata: metadata(topic),
                        spec: topicSpec(entry, messaging),
                    } satisfies Inputs<KafkaTopic>,
                    child,
                ),
        );
        const specs: readonly (readonly [user: string, spec: KafkaUser["spec"]])[] = [
            ...callers.map((caller) => [caller.workload, userSpec(caller)] as const),
            ...(args.queues.length === 0 ? [] : [[queueReader.name, lagReaderSpec(args.queues)] as const]),
        ];
        const users = specs.map(
            ([user, spec]) =>
                new k8s.apiextensions.CustomResource(
                    `${name}-user-${user}`,
                    {
                        apiVersion: "kafka.strimzi.io/v1",
                        kind: "KafkaUser",
                        metadata: metadata(user),
                        spec,
                    } satisfies Inputs<KafkaUser>,
                    child,
                ),
        );
        this.topicNames = pulumi.all(createdTopics.map((topic) => topic.metadata.name));
        this.userNames = pulumi.all(users.map((user) => user.metadata.name));
        this.registerOutputs({ topicNames: this.topicNames, userNames: this.userNames });
    }
}
