import type { Refusal } from "./refusals";

const object = "Elasticsearch search";

/** Mistakes in a new object. The operator's messages, read in its source and observed. */
export const refusedWhenCreated: readonly Refusal[] = [
    {
        title: "a version that is none",
        object,
        set: { "spec.version": "nine" },
        words: 'Elasticsearch.elasticsearch.k8s.elastic.co "search" is invalid: spec.version: Invalid value: "nine": Cannot parse Elasticsearch version. String format must be {major}.{minor}.{patch}[-{label}]',
    },
    {
        title: "a version that the operator does not run",
        object,
        set: { "spec.version": "6.8.0" },
        words: 'Elasticsearch.elasticsearch.k8s.elastic.co "search" is invalid: spec.version: Invalid value: "6.8.0": Unsupported version',
    },
    {
        title: "no node that can be master",
        object,
        set: { "spec.nodeSets[0].config": { "node.roles": ["data"] } },
        words: 'Elasticsearch.elasticsearch.k8s.elastic.co "search" is invalid: spec.nodeSets: Required value: Elasticsearch needs to have at least one master node',
    },
    {
        title: "roles in two notations",
        object,
        set: { "spec.nodeSets[0].config": { "node.roles": ["master", "data"], "node.ml": false } },
        words: 'Elasticsearch.elasticsearch.k8s.elastic.co "search" is invalid: spec.nodeSets[0].config: Forbidden: Detected a combination of node.roles and node.ml. Use only node.roles',
    },
    {
        title: "a volume that is mounted nowhere",
        object,
        set: { "spec.nodeSets[0].volumeClaimTemplates[0].metadata.name": "data" },
        words: `Elasticsearch.elasticsearch.k8s.elastic.co "search" is invalid: spec.nodeSets[0].volumeClaimTemplates: Invalid value: "data": volume claim declared but volume not mounted in any container. Note that the Elasticsearch data volume should be named 'elasticsearch-data'`,
    },
    {
        title: "a certificate for an address that is none",
        object,
        set: {
            "spec.http.tls": { selfSignedCertificate: { subjectAltNames: [{ ip: "10.0.0" }] } },
        },
        words: 'Elasticsearch.elasticsearch.k8s.elastic.co "search" is invalid: spec.http.tls.selfSignedCertificate.subjectAlternativeNames: Invalid value: "10.0.0": Invalid SAN IP address. Must be a valid IPv4 address',
    },
    {
        title: "two keys of zones",
        object,
        set: {
            "spec.nodeSets[1]": { name: "other", count: 1, zoneAwareness: { topologyKey: "example.com/zone" } },
        },
        words: 'Elasticsearch.elasticsearch.k8s.elastic.co "search" is invalid: [spec.nodeSets[0].zoneAwareness.topologyKey: Invalid value: "topology.kubernetes.io/zone": All zone-aware NodeSets must use the same topologyKey, spec.nodeSets[1].zoneAwareness.topologyKey: Invalid value: "example.com/zone": All zone-aware NodeSets must use the same topologyKey]',
    },
    {
        title: "a feature that needs a licence",
        object,
        set: { "spec.http.tls.client": { authentication: true } },
        words: 'Elasticsearch.elasticsearch.k8s.elastic.co "search" is invalid: spec.http.tls.client.authentication: Forbidden: client certificate authentication requires an enterprise license',
    },
];

/** Changes of the cluster that is there. */
export const refusedWhenChanged: readonly Refusal[] = [
    {
        title: "a smaller volume",
        object,
        set: { "spec.nodeSets[0].volumeClaimTemplates[0].spec.resources.requests.storage": "50Gi" },
        words: 'Elasticsearch.elasticsearch.k8s.elastic.co "search" is invalid: spec.nodeSets[0].volumeClaimTemplates: Invalid value: [{"metadata":{"name":"elasticsearch-data"},"spec":{"accessModes":["ReadWriteOnce"],"resources":{"requests":{"storage":"50Gi"}},"storageClassName":"fast-ssd"},"status":{}}]: decreasing storage size is not supported: an attempt was made to decrease storage size for claim elasticsearch-data',
    },
    {
        title: "another class of volumes",
        object,
        set: { "spec.nodeSets[0].volumeClaimTemplates[0].spec.storageClassName": "hdd" },
        words: 'Elasticsearch.elasticsearch.k8s.elastic.co "search" is invalid: spec.nodeSets[0].volumeClaimTemplates: Invalid value: [{"metadata":{"name":"elasticsearch-data"},"spec":{"accessModes":["ReadWriteOnce"],"resources":{"requests":{"storage":"100Gi"}},"storageClassName":"hdd"},"status":{}}]: volume claim templates can only have their storage requests increased, if the storage class allows volume expansion. Any other change is forbidden',
    },
    {
        title: "an older version",
        object,
        set: { "spec.version": "9.4.2" },
        words: 'Elasticsearch.elasticsearch.k8s.elastic.co "search" is invalid: spec.version: Invalid value: "9.4.2": Downgrades are not supported',
    },
];
