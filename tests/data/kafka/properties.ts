import type { Identity } from "./authority";
import type { Rendered } from "./rendered";

/** One broker of the run. */
export interface Node {
    readonly id: number;
    readonly ports: { readonly clients: number; readonly replication: number; readonly controlPlane: number };
    /** Folder of its log. */
    readonly data: string;
}

/** What differs from the cluster: files in place of Secrets. */
export interface Files {
    /** Certificates of Strimzi's own authority, for brokers and operators. */
    readonly cluster: { readonly authority: string; readonly identity: Identity };
    /** Certificate of the listener, and the file with the authority of its clients. */
    readonly listener: { readonly identity: Identity; readonly authorityFile: string };
}

const pem = (text: string): string => text.trim().replaceAll("\n", "\\n");

function keyStore(prefix: string, { cert, key }: Identity): string[] {
    return [
        `${prefix}.ssl.keystore.type=PEM`,
        `${prefix}.ssl.keystore.certificate.chain=${pem(cert)}`,
        `${prefix}.ssl.keystore.key=${pem(key)}`,
    ];
}

/**
 * A broker's properties from the rendered resource, as Strimzi 1.2.0 writes them (KafkaBrokerConfigurationBuilder.java):
 * listeners, authorizer, super users, the resource's configuration. Different are addresses, on loopback; certificates, from
 * files; the roles, as each broker is a controller too, which prod has on pods of their own; and the rack, one for each.
 */
export function brokerProperties({ kafka }: Rendered, node: Node, nodes: readonly Node[], files: Files): string {
    const [listener] = kafka.listeners;
    if (listener === undefined || kafka.authorization.type !== "simple") {
        throw new Error("the plan has no listener, or another authorization than these brokers run");
    }
    const { authentication } = listener;
    const clients = `${listener.name}-${listener.port}`;
    const internal = ["controlplane-9090", "replication-9091"];
    const own = `listener.name.${clients}`;
    const authenticationLines = Object.entries(authentication.listenerConfig).map(([key, value]) =>
        // The mount of the Secret's ca.crt.
        key === "ssl.truststore.location" ? `${own}.${key}=${files.listener.authorityFile}` : `${own}.${key}=${value}`,
    );
    const { ports } = node;
    const addresses = [
        `CONTROLPLANE-9090://127.0.0.1:${ports.controlPlane}`,
        `REPLICATION-9091://127.0.0.1:${ports.replication}`,
        `${clients.toUpperCase()}://127.0.0.1:${ports.clients}`,
    ].join(",");
    const protocol = listener.tls && !authentication.sasl ? "SSL" : "other";
    const superUsers = ["shop-kafka", "shop-entity-topic-operator", "shop-entity-user-operator", "shop-kafka-exporter"];
    return [
        `node.id=${node.id}`,
        "process.roles=controller,broker",
        `controller.quorum.voters=${nodes.map(({ id, ports: of }) => `${id}@127.0.0.1:${of.controlPlane}`).join(",")}`,
        "controller.listener.names=CONTROLPLANE-9090",
        "inter.broker.listener.name=REPLICATION-9091",
        `listener.security.protocol.map=CONTROLPLANE-9090:SSL,REPLICATION-9091:SSL,${clients.toUpperCase()}:${protocol}`,
        `listeners=${addresses}`,
        `advertised.listeners=${addresses}`,
        ...internal.flatMap((name) => [
            ...keyStore(`listener.name.${name}`, files.cluster.identity),
            `listener.name.${name}.ssl.truststore.type=PEM`,
            `listener.name.${name}.ssl.truststore.certificates=${pem(files.cluster.authority)}`,
            `listener.name.${name}.ssl.client.auth=required`,
        ]),
        ...authenticationLines,
        ...keyStore(own, files.listener.identity),
        "sasl.enabled.mechanisms=",
        "ssl.endpoint.identification.algorithm=HTTPS",
        "authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer",
        `super.users=${superUsers.map((name) => `User:CN=${name},O=io.strimzi`).join(";")}`,
        `broker.rack=zone-${node.id}`,
        `log.dirs=${node.data}`,
        ...Object.entries(kafka.config).map(([key, value]) => `${key}=${value}`),
        // Consumers of a test join groups many times.
        "group.initial.rebalance.delay.ms=0",
        "",
    ].join("\n");
}
