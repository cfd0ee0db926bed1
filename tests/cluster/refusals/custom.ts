import type { JsonObject, KubeObject } from "../control-plane/json";
import { testNamespace } from "./bases";
import type { Fixture } from "./fixture";

function custom(apiVersion: string, kind: string, spec: JsonObject, labels: JsonObject = {}): KubeObject {
    return { apiVersion, kind, metadata: { name: "fixture", namespace: testNamespace, labels }, spec };
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

/** Custom resources that the schema or rules of their CustomResourceDefinition refuse. */
export const customFixtures: readonly Fixture[] = [
    {
        title: "a PostgreSQL cluster with 0 instances",
        base: postgres,
        set: { "spec.instances": 0 },
        message: /spec\.instances: .*should be greater than or equal to 1/,
    },
    {
        title: "a PostgreSQL cluster with an unknown field",
        base: postgres,
        set: { "spec.instancez": 3 },
        message: /spec\.instancez: field not declared in schema|unknown field "spec\.instancez"/,
    },
    {
        title: "a Kafka without spec.kafka",
        base: kafka,
        set: { "spec.kafka": undefined },
        message: /spec\.kafka: Required value/,
    },
    {
        title: "a Kafka with a removed API version",
        base: kafka,
        set: { apiVersion: "kafka.strimzi.io/v1beta2" },
        message: /no matches for kind "Kafka"/,
    },
    {
        title: "a KafkaNodePool with an unknown role",
        base: nodePool,
        set: { "spec.roles": ["leader"] },
        message: /spec\.roles\[0\]: Unsupported value: "leader"/,
    },
    {
        title: "an Elasticsearch without a version",
        base: elasticsearch,
        set: { "spec.version": undefined },
        message: /spec\.version: Required value/,
    },
    {
        title: "an Elasticsearch with a string as count",
        base: elasticsearch,
        set: { "spec.nodeSets[0].count": "three" },
        message: /nodeSets.*count|expected numeric/,
    },
    {
        title: "a Gateway with a duplicate listener name",
        base: gateway,
        set: {
            "spec.listeners[1]": {
                name: "https",
                port: 8443,
                protocol: "HTTPS",
                tls: { certificateRefs: [{ name: "edge" }] },
            },
        },
        message: /Listener name must be unique|duplicate entries for key/,
    },
    {
        title: "a Gateway with TLS on an HTTP listener",
        base: gateway,
        set: { "spec.listeners[0].protocol": "HTTP" },
        message: /tls must not be specified for protocols/,
    },
    {
        title: "an HTTPRoute with an invalid hostname",
        base: route,
        set: { "spec.hostnames[0]": "shop_example" },
        message: /spec\.hostnames\[0\].*should match/,
    },
    {
        title: "a Certificate without a secretName",
        base: certificate,
        set: { "spec.secretName": undefined },
        message: /spec\.secretName: Required value/,
    },
    {
        title: "a Certificate without an issuerRef",
        base: certificate,
        set: { "spec.issuerRef": undefined },
        message: /spec\.issuerRef: Required value/,
    },
    {
        title: "a ServiceMonitor without a selector",
        base: monitor,
        set: { "spec.selector": undefined },
        message: /spec\.selector: Required value/,
    },
    {
        title: "a ServiceMonitor with an invalid interval",
        base: monitor,
        set: { "spec.endpoints[0].interval": "often" },
        message: /interval: .*should match/,
    },
    {
        title: "a VerticalPodAutoscaler with an unknown update mode",
        base: recommender,
        set: { "spec.updatePolicy.updateMode": "Sometimes" },
        message: /updateMode: Unsupported value: "Sometimes"/,
    },
    {
        title: "an ExternalSecret with an unknown creation policy",
        base: external,
        set: { "spec.target.creationPolicy": "Whenever" },
        message: /creationPolicy: Unsupported value: "Whenever"/,
    },
];
