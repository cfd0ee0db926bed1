import type { JsonObject } from "../../../tools/plan";
import { sharedPlan } from "../../stacks/plans";

/** A rendered topic. */
export interface RenderedTopic {
    readonly name: string;
    readonly partitions: number;
    readonly replicas: number;
    readonly config: Readonly<Record<string, string | number>>;
}

/** A rendered ACL of a user. */
export interface RenderedAcl {
    readonly resource: { readonly type: "topic" | "group"; readonly name: string; readonly patternType: "literal" };
    readonly operations: readonly string[];
    readonly host: string;
    readonly type: "allow";
}

/** A rendered user. */
export interface RenderedUser {
    readonly name: string;
    readonly acls: readonly RenderedAcl[];
}

/** What the plan of a stack says about Kafka. */
export interface Rendered {
    readonly kafka: {
        readonly config: Readonly<Record<string, string | number | boolean>>;
        readonly authorization: { readonly type: string };
        readonly listeners: readonly {
            readonly name: string;
            readonly port: number;
            readonly tls: boolean;
            readonly authentication: {
                readonly type: string;
                readonly sasl: boolean;
                readonly listenerConfig: Readonly<Record<string, string>>;
            };
        }[];
    };
    readonly brokers: number;
    readonly topics: readonly RenderedTopic[];
    readonly users: readonly RenderedUser[];
}

/** The Kafka resources of prod on Google Cloud. */
export async function rendered(): Promise<Rendered> {
    const { resources } = await sharedPlan("prod", "gcp");
    const of = (kind: string) =>
        resources
            .filter(({ type }) => type === `kubernetes:kafka.strimzi.io/v1:${kind}`)
            .map(({ inputs }) => inputs as { metadata: { name: string }; spec: JsonObject });
    const [kafka] = of("Kafka");
    const brokers = of("KafkaNodePool").find(({ metadata }) => metadata.name === "broker");
    return {
        kafka: kafka?.spec["kafka"] as unknown as Rendered["kafka"],
        brokers: Number(brokers?.spec["replicas"]),
        topics: of("KafkaTopic").map(
            ({ metadata, spec }) => ({ name: metadata.name, ...spec }) as unknown as RenderedTopic,
        ),
        users: of("KafkaUser").map(({ metadata, spec }) => ({
            name: metadata.name,
            acls: (spec["authorization"] as { acls: RenderedAcl[] } | undefined)?.acls ?? [],
        })),
    };
}
