import type { CustomKind, OwnContainer, PodCount, PodFields, PodLocation } from "../pod-types";

const apiGroup = "kafka.strimzi.io";

/** Strimzi's `template`: the pod, and each container under its own name. */
function fields(containers: readonly OwnContainer[], pod = "template.pod"): PodFields {
    const names = ["securityContext", "affinity", "tolerations", "topologySpreadConstraints", "priorityClassName"];
    const rest = ["schedulerName", "hostUsers", "volumes"];
    return {
        spec: Object.fromEntries([...names, ...rest].map((name) => [name, `${pod}.${name}`])),
        metadata: { labels: `${pod}.metadata.labels`, annotations: `${pod}.metadata.annotations` },
        containers,
    };
}

/** @param template name of the container in `template`; @param own where the container's own fields are */
function container(name: string, template: string, own: Readonly<Record<string, string>>, init?: true): OwnContainer {
    const place = `template.${template}`;
    return {
        name,
        ...(init === undefined ? {} : { init }),
        fields: { ...own, securityContext: `${place}.securityContext`, env: `${place}.env` },
        // The init container, which runs before Kafka, has resources set by the operator.
        ...(own["resources"] === undefined ? { defaultResources: "undocumented" as const } : {}),
    };
}

const sized = { image: "image", resources: "resources" };
const rackInit = container("kafka-init", "initContainer", {}, true);
const replicas: PodCount = { at: "replicas", default: 1 };

/** A kind whose pods have one container of Kafka Connect or of the bridge. */
function single(kind: string, name: string, template: string, more: readonly PodLocation[] = []): CustomKind {
    return {
        apiGroup,
        kind,
        pods: [{ at: "spec", count: replicas, fields: fields([container(name, template, sized), rackInit]) }, ...more],
    };
}

/** The temporary pod that builds a Kafka Connect image. */
function build(kind: string): PodLocation {
    return {
        at: "spec",
        fields: fields(
            [
                {
                    name: "build",
                    fields: {
                        securityContext: "template.buildContainer.securityContext",
                        ...(kind === "KafkaConnect" ? { resources: "build.resources" } : {}),
                    },
                    defaultResources: "undocumented",
                },
            ],
            "template.buildPod",
        ),
    };
}

/** Strimzi. Absent resources are absent in the pods: the operator has no defaults. */
export const strimzi: readonly CustomKind[] = [
    {
        apiGroup,
        kind: "KafkaNodePool",
        pods: [
            {
                at: "spec",
                count: replicas,
                fields: fields([container("kafka", "kafkaContainer", { resources: "resources" }), rackInit]),
            },
        ],
    },
    {
        apiGroup,
        kind: "Kafka",
        pods: [
            // The template of node pools without their own; the node pools count the pods.
            {
                at: "spec.kafka",
                fields: fields([
                    { ...container("kafka", "kafkaContainer", { image: "image" }), defaultResources: "undocumented" },
                    rackInit,
                ]),
            },
            {
                at: "spec.entityOperator",
                count: { default: 1 },
                fields: fields(
                    (["topic", "user"] as const).map((one) =>
                        container(`${one}-operator`, `${one}OperatorContainer`, {
                            image: `${one}Operator.image`,
                            resources: `${one}Operator.resources`,
                        }),
                    ),
                ),
            },
            {
                at: "spec.cruiseControl",
                count: { default: 1 },
                fields: fields([container("cruise-control", "cruiseControlContainer", sized)]),
            },
            {
                at: "spec.kafkaExporter",
                count: { default: 1 },
                fields: fields([container("kafka-exporter", "container", sized)]),
            },
        ],
    },
    single("KafkaConnect", "kafka-connect", "connectContainer", [build("KafkaConnect")]),
    single("KafkaMirrorMaker2", "kafka-mirror-maker-2", "connectContainer", [build("KafkaMirrorMaker2")]),
    single("KafkaBridge", "kafka-bridge", "bridgeContainer"),
];
