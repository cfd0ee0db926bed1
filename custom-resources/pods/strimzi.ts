import type { CustomKind, OwnContainer, PodCount, PodFields, PodLocation } from "../pod-types";

const apiGroup = "kafka.strimzi.io";

/** Strimzi's `template`: the pod, and each container by a name of its own. */
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
        // What it looks up before Kafka starts has the operator's own size.
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

/** The pod that builds a Kafka Connect image: it comes and goes. */
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

/** Strimzi. Resources that are left out are left out of the pods: the operator has no sizes of its own. */
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
            // For node pools without a template of their own; the pools count the pods.
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
