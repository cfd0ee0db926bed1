import type { JsonObject, KubeObject } from "../control-plane/json";
import { scratch } from "./bases";
import type { Fixture } from "./fixture";

function custom(apiVersion: string, kind: string, spec: JsonObject, labels: JsonObject = {}): KubeObject {
    return { apiVersion, kind, metadata: { name: "fixture", namespace: scratch, labels }, spec };
}

const postgres = custom("postgresql.cnpg.io/v1", "Cluster", { instances: 3, storage: { size: "1Gi" } });
const kafka = custom("kafka.strimzi.io/v1", "Kafka", {
    kafka: { listeners: [{ name: "tls", port: 9093, type: "internal", tls: true }] },
});
const nodePool = custom("kafka.strimzi.io/v1", "KafkaNodePool", {
    replicas: 3,
    roles: ["broker"],
    storage: { type: "jbod", volumes: [{ id: 0, type: "persistent-claim", size: "1Gi" }] },
});
const elasticsearch = custom("elasticsearch.k8s.elastic.co/v1", "Elasticsearch", {
    version: "9.1.0",
    nodeSets: [{ name: "default", count: 3 }],
});
const gateway = custom("gateway.networking.k8s.io/v1", "Gateway", {
    gatewayClassName: "edge",
    listeners: [{ name: "https", port: 443, protocol: "HTTPS", tls: { certificateRefs: [{ name: "edge" }] } }],
});
const route = custom("gateway.networking.k8s.io/v1", "HTTPRoute", {
    hostnames: ["shop.example.com"],
    rules: [{ backendRefs: [{ name: "web", port: 80 }] }],
});
const certificate = custom("cert-manager.io/v1", "Certificate", {
    secretName: "edge",
    dnsNames: ["shop.example.com"],
    issuerRef: { name: "issuer" },
});
const monitor = custom("monitoring.coreos.com/v1", "ServiceMonitor", {
    selector: { matchLabels: { app: "fixture" } },
    endpoints: [{ port: "management", interval: "30s" }],
});
const recommender = custom("autoscaling.k8s.io/v1", "VerticalPodAutoscaler", {
    targetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "fixture" },
    updatePolicy: { updateMode: "Off" },
});
const external = custom("external-secrets.io/v1", "ExternalSecret", {
    secretStoreRef: { name: "store" },
    target: { name: "fixture" },
    data: [{ secretKey: "key", remoteRef: { key: "fixture" } }],
});

/** Custom resources that their own definitions refuse. */
export const customFixtures: readonly Fixture[] = [
    {
        title: "a PostgreSQL cluster without instances",
        base: postgres,
        set: { "spec.instances": 0 },
        because: /spec\.instances: .*should be greater than or equal to 1/,
    },
    {
        title: "a PostgreSQL cluster with an unknown field",
        base: postgres,
        set: { "spec.instancez": 3 },
        because: /spec\.instancez: field not declared in schema|unknown field "spec\.instancez"/,
    },
    {
        title: "a Kafka without brokers",
        base: kafka,
        set: { "spec.kafka": undefined },
        because: /spec\.kafka: Required value/,
    },
    {
        title: "a Kafka of an API version that was dropped",
        base: kafka,
        set: { apiVersion: "kafka.strimzi.io/v1beta2" },
        because: /no matches for kind "Kafka"/,
    },
    {
        title: "a Kafka node pool of an unknown role",
        base: nodePool,
        set: { "spec.roles": ["leader"] },
        because: /spec\.roles\[0\]: Unsupported value: "leader"/,
    },
    {
        title: "an Elasticsearch without a version",
        base: elasticsearch,
        set: { "spec.version": undefined },
        because: /spec\.version: Required value/,
    },
    {
        title: "an Elasticsearch with a count of text",
        base: elasticsearch,
        set: { "spec.nodeSets[0].count": "three" },
        because: /nodeSets.*count|expected numeric/,
    },
    {
        title: "a Gateway with two listeners of one name",
        base: gateway,
        set: {
            "spec.listeners[1]": {
                name: "https",
                port: 8443,
                protocol: "HTTPS",
                tls: { certificateRefs: [{ name: "edge" }] },
            },
        },
        because: /Listener name must be unique|duplicate entries for key/,
    },
    {
        title: "a Gateway that does HTTP and TLS at once",
        base: gateway,
        set: { "spec.listeners[0].protocol": "HTTP" },
        because: /tls must not be specified for protocols/,
    },
    {
        title: "a route to a host that is none",
        base: route,
        set: { "spec.hostnames[0]": "shop_example" },
        because: /spec\.hostnames\[0\].*should match/,
    },
    {
        title: "a certificate that goes nowhere",
        base: certificate,
        set: { "spec.secretName": undefined },
        because: /spec\.secretName: Required value/,
    },
    {
        title: "a certificate from nobody",
        base: certificate,
        set: { "spec.issuerRef": undefined },
        because: /spec\.issuerRef: Required value/,
    },
    {
        title: "a monitor of nothing",
        base: monitor,
        set: { "spec.selector": undefined },
        because: /spec\.selector: Required value/,
    },
    {
        title: "a monitor with an interval that is none",
        base: monitor,
        set: { "spec.endpoints[0].interval": "often" },
        because: /interval: .*should match/,
    },
    {
        title: "a vertical autoscaler of an unknown mode",
        base: recommender,
        set: { "spec.updatePolicy.updateMode": "Sometimes" },
        because: /updateMode: Unsupported value: "Sometimes"/,
    },
    {
        title: "an external secret with an unknown policy",
        base: external,
        set: { "spec.target.creationPolicy": "Whenever" },
        because: /creationPolicy: Unsupported value: "Whenever"/,
    },
];
