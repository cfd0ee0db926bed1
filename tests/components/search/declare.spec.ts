import assert from "node:assert/strict";

import { declareSearch } from "../../../components/search/declare";
import type { PodGroup } from "../../../components/layer";
import { configOf } from "../layers";

const namespace = "data";
const nodes = { namespace, labels: { "elasticsearch.k8s.elastic.co/cluster-name": "search" } };
const operator = {
    namespace,
    labels: { "app.kubernetes.io/name": "elastic-operator", "app.kubernetes.io/instance": "eck" },
};

const job = (name: string) => ({
    namespace,
    labels: { "app.kubernetes.io/name": name, "app.kubernetes.io/part-of": "ecommerce-platform" },
});

const view = ({ name, pool, count, resources, callers, calls }: PodGroup) => ({
    name,
    pool,
    pods: count.max,
    requests: resources.requests,
    callers,
    calls,
});

describe("the declaration of Elasticsearch (SE-01, NW-05)", () => {
    it("is the operator, which calls the nodes, and the nodes, which the store's callers call", () => {
        const { pods = [], stores, images } = declareSearch(configOf("gcp", "prod"));
        assert.deepEqual(pods.map(view), [
            {
                name: "eck-operator",
                pool: "app",
                pods: 2,
                requests: { cpu: "50m", memory: "150Mi" },
                callers: [{ webhook: 9443 }, { metrics: 8080 }],
                calls: ["dns", "api-server", { pods: nodes, port: 9200 }],
            },
            {
                name: "search-es",
                pool: "app",
                pods: 3,
                requests: { cpu: "500m", memory: "4Gi" },
                callers: [
                    { callersOf: "elasticsearch" },
                    { pods: operator, port: 9200 },
                    { pods: nodes, port: 9300 },
                    { pods: job("search-snapshots"), port: 9200 },
                    { pods: job("search-restore"), port: 9200 },
                ],
                // Snapshots go from the nodes to the bucket (BK-06).
                calls: ["dns", { pods: nodes, port: 9300 }, "cloud"],
            },
            ...["search-snapshots", "search-restore"].map((name) => ({
                name,
                pool: "app",
                pods: 1,
                requests: { cpu: "50m", memory: "64Mi" },
                callers: [],
                calls: ["dns", { pods: nodes, port: 9200 }],
            })),
        ]);
        assert.deepEqual(stores, {
            elasticsearch: {
                kind: "cluster",
                namespace,
                service: "search-es-http",
                port: 9200,
                podLabels: nodes.labels,
            },
        });
        assert.deepEqual(images, [
            { image: "docker.elastic.co/eck/eck-operator:3.5.0" },
            { image: "docker.elastic.co/elasticsearch/elasticsearch:9.4.3" },
            { image: "ghcr.io/cloudnative-pg/postgresql:18.4-system-trixie" },
        ]);
        // One pod at a time, and none between runs.
        assert.deepEqual(
            pods.filter((group) => group.job === true).map((group) => [group.name, group.count]),
            [
                ["search-snapshots", { min: 0, max: 1, surge: 0 }],
                ["search-restore", { min: 0, max: 1, surge: 0 }],
            ],
        );
    });

    it("has no jobs, and nodes that do not call the cloud, without a bucket (BK-06)", () => {
        const { pods = [], images } = declareSearch(configOf("existing", "dev"));
        assert.deepEqual(
            pods.map(({ name }) => name),
            ["eck-operator", "search-es"],
        );
        const [, cluster] = pods;
        assert.deepEqual(
            [cluster?.callers, cluster?.calls],
            [
                [{ callersOf: "elasticsearch" }, { pods: operator, port: 9200 }, { pods: nodes, port: 9300 }],
                ["dns", { pods: nodes, port: 9300 }],
            ],
        );
        assert.deepEqual(images, [
            { image: "docker.elastic.co/eck/eck-operator:3.5.0" },
            { image: "docker.elastic.co/elasticsearch/elasticsearch:9.4.3" },
        ]);
    });

    it("is the operator alone in a replica (CL-18)", () => {
        const config = configOf("gcp", "prod", { recovery: { role: "replica", replicaOf: "prod" } });
        assert.deepEqual(
            declareSearch(config).pods?.map(({ name }) => name),
            ["eck-operator"],
        );
    });
});
