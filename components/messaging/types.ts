import type * as pulumi from "@pulumi/pulumi";

import type { TopicName } from "../../catalog/topics";

/** What the messaging layer promises: topics that survive a zone, one identity a workload (MQ-01). */
export interface Messaging {
    /** `host:port` of the brokers' TLS listener. */
    readonly bootstrap: pulumi.Output<string>;
    /** Names of the topics as the brokers know them; resolve when they exist. */
    readonly topics: Readonly<Record<TopicName, pulumi.Output<string>>>;
    /** Name of the Secret with a workload's client certificate, in that workload's namespace. */
    readonly credentialsOf: (workload: string) => pulumi.Output<string>;
}
