import assert from "node:assert/strict";

import { declareDocuments } from "../../../components/documents/declare";
import type { PodGroup } from "../../../components/layer";
import { declaredOf, configOf } from "../layers";
import { mongoConfig } from "./stack";

const namespace = "data";
const members = {
    namespace,
    labels: {
        "app.kubernetes.io/name": "percona-server-mongodb",
        "app.kubernetes.io/instance": "documents",
        "app.kubernetes.io/component": "mongod",
        "app.kubernetes.io/replset": "rs0",
    },
};
const operator = {
    namespace,
    labels: { "app.kubernetes.io/name": "psmdb-operator", "app.kubernetes.io/instance": "psmdb-operator" },
};
const indexes = {
    namespace,
    labels: { "app.kubernetes.io/name": "documents-indexes", "app.kubernetes.io/part-of": "ecommerce-platform" },
};
const port = 27017;
const endpoint = { kind: "cluster", namespace, service: "documents-rs0", port, podLabels: members.labels };

const view = ({ name, labels, pool, count, resources, callers, calls, job = false }: PodGroup) => ({
    ...{ name, labels, pool, pods: [count.min, count.max, count.surge], job, requests: resources.requests },
    ...{ callers, calls },
});

/** The groups of prod; `calls` are those of the operator and of the members besides. */
const groups = (requests: object, calls: readonly string[]) => [
    {
        name: "psmdb-operator-operator",
        labels: operator.labels,
        pool: "app",
        pods: [2, 2, 1],
        job: false,
        requests: { cpu: "50m", memory: "128Mi" },
        callers: [],
        calls: ["dns", "api-server", { pods: members, port }, ...calls],
    },
    {
        name: "documents",
        labels: members.labels,
        pool: "database",
        pods: [3, 3, 0],
        job: false,
        requests,
        callers: [{ callersOf: "mongodb" }, { pods: operator, port }, { pods: members, port }, { pods: indexes, port }],
        calls: ["dns", { pods: members, port }, ...calls],
    },
    {
        name: "documents-indexes",
        labels: indexes.labels,
        pool: "app",
        pods: [0, 1, 0],
        job: true,
        requests: { cpu: "50m", memory: "128Mi" },
        callers: [],
        calls: ["dns", { pods: members, port }],
    },
];

describe("the declaration of MongoDB (MG-01, NW-05)", () => {
    const images = [
        { image: "docker.io/percona/percona-server-mongodb-operator:1.22.0" },
        { image: "docker.io/percona/percona-server-mongodb:8.0.19-7" },
    ];

    it("is the operator, the members on the pool of the databases, and the job", () => {
        const declared = declareDocuments(mongoConfig("gcp", "prod"));
        assert.deepEqual(declared.pods?.map(view), groups({ cpu: "500m", memory: "4Gi" }, []));
        assert.deepEqual(declared.stores, { mongodb: endpoint });
        assert.deepEqual(declared.images, images);
        assert.deepEqual(declared.charts, [
            {
                name: "psmdb-operator",
                chart: "psmdb-operator",
                repo: "https://percona.github.io/percona-helm-charts",
                version: "1.22.0",
                namespace,
            },
        ]);
    });

    it("has the agent of backups in each member on AWS, and the bucket as a destination", () => {
        const declared = declareDocuments(mongoConfig("aws", "prod"));
        assert.deepEqual(declared.pods?.map(view), groups({ cpu: "550m", memory: "4224Mi" }, ["cloud"]));
        assert.deepEqual(declared.images, [...images, { image: "docker.io/percona/percona-backup-mongodb:2.12.0" }]);
    });

    it("is the store alone in a replica (CL-18)", () => {
        const recovery = { role: "replica", replicaOf: "prod" } as const;
        assert.deepEqual(declareDocuments(mongoConfig("aws", "prod", { recovery })), { stores: { mongodb: endpoint } });
    });

    it("is nothing in a stack without MongoDB: no store, pod, image or chart (MG-02)", () => {
        const { stores, pods, images: all, charts } = declaredOf(configOf("aws", "prod"));
        assert.equal(Object.hasOwn(stores, "mongodb"), false);
        assert.doesNotMatch(JSON.stringify([pods, all, charts]), /mongo|percona|documents/);
    });
});
