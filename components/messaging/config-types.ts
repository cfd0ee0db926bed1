/** Shape of the Kafka cluster. */
export interface MessagingSettings {
    readonly brokers: number;
    /** On nodes of their own; with 0 the brokers are controllers too. */
    readonly controllers: number;
    /** Copies of each partition. */
    readonly replicas: number;
    readonly minInSyncReplicas: number;
    /** Memory of each broker, request and limit. */
    readonly memory: string;
    /** Java heap of each broker. */
    readonly heap: string;
    readonly volumeGiB: number;
}

/** The messaging layer's keys. */
export interface MessagingConfig {
    readonly messaging: MessagingSettings;
}
