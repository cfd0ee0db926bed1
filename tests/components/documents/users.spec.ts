import assert from "node:assert/strict";

import type { Workloads } from "../../../catalog/types";
import { workloads } from "../../../catalog/workloads";
import { layers } from "../../../components/platform";
import { inputsOf } from "../deployed";
import type { Deployment } from "../deployment";
import { configOf } from "../layers";
import { deployMongo, mongoConfig, ownObjects } from "./stack";

/** The catalogue with one service that calls MongoDB. */
const withCaller: Workloads = {
    ...workloads,
    product: { ...workloads.product, calls: { ...workloads.product.calls, stores: ["mongodb"] } },
};

describe("a service that calls MongoDB (MG-01, DB-17, SC-05)", () => {
    let deployed: Deployment;
    before(async () => {
        deployed = await deployMongo(mongoConfig("gcp", "prod"), withCaller);
    });

    it("is a user of the shop's database with its own password, in its namespace and in the store's", () => {
        const { spec } = inputsOf(deployed.resources, "kubernetes:psmdb.percona.com/v1:PerconaServerMongoDB")[
            "documents-mongodb"
        ] as unknown as { spec: { users: readonly object[] } };
        const user = (name: string, secret: string, role: string) => ({
            name,
            db: "shop",
            passwordSecretRef: { name: secret, key: "password" },
            roles: [{ name: role, db: "shop" }],
        });
        assert.deepEqual(spec.users, [
            user("schema", "documents-schema", "dbAdmin"),
            user("product", "product-mongodb", "readWrite"),
        ]);
        const secrets = inputsOf(ownObjects(deployed), "kubernetes:core/v1:Secret");
        assert.deepEqual(
            Object.fromEntries(
                Object.entries(secrets).map(([key, { metadata, type }]) => {
                    const { name, namespace } = metadata as { name: string; namespace: string };
                    return [key, [type, namespace, name]];
                }),
            ),
            {
                "documents-users-product-data": ["kubernetes.io/basic-auth", "data", "product-mongodb"],
                "documents-users-product-services": ["kubernetes.io/basic-auth", "services", "product-mongodb"],
                "documents-users-schema-data": ["kubernetes.io/basic-auth", "data", "documents-schema"],
            },
        );
        const passwords = inputsOf(ownObjects(deployed), "random:index/randomPassword:RandomPassword");
        assert.deepEqual(Object.keys(passwords), ["documents-users-product", "documents-users-schema"]);
    });

    it("has the store's address, database and replica set in its environment, and its password as a file", () => {
        const { spec } = inputsOf(deployed.resources, "kubernetes:apps/v1:Deployment")["product"] as unknown as {
            spec: {
                template: { spec: { containers: readonly { env: readonly { name: string; value?: string }[] }[] } };
            };
        };
        const env = (spec.template.spec.containers[0]?.env ?? []).filter(({ name }) => name.startsWith("MONGODB_"));
        assert.deepEqual(Object.fromEntries(env.map(({ name, value }) => [name, value])), {
            MONGODB_ADDRESS: "documents-rs0.data.svc.cluster.local:27017",
            MONGODB_DATABASE: "shop",
            MONGODB_REPLICA_SET: "rs0",
            MONGODB_CREDENTIALS: "/var/run/secrets/stores/mongodb",
        });
        assert.ok(JSON.stringify(spec).includes('"secretName":"product-mongodb"'));
    });

    it("is the only one that its policy lets in, besides members, operator and job", () => {
        const policies = inputsOf(deployed.resources, "kubernetes:networking.k8s.io/v1:NetworkPolicy");
        const { spec } = policies["documents-policy"] as unknown as {
            spec: { ingress: readonly { from: readonly { podSelector: { matchLabels: object } }[]; ports: unknown }[] };
        };
        const names = spec.ingress.flatMap(({ from }) =>
            from.map(({ podSelector: { matchLabels } }) => Object.values(matchLabels)[0] as string),
        );
        assert.deepEqual(names.sort(), ["documents-indexes", "mongod", "product", "psmdb-operator"]);
        assert.ok(spec.ingress.every(({ ports }) => JSON.stringify(ports) === '[{"port":27017,"protocol":"TCP"}]'));
    });

    it("is refused in a stack without MongoDB, by the name of the store", () => {
        assert.throws(
            () => layers.declare({ config: configOf("gcp", "prod"), workloads: withCaller }),
            /^Error: catalog: product calls mongodb, which no layer provides; give one of postgres-rw, /,
        );
    });

    it("waits for the collections, and in a replica for nothing: there are only the Secrets (CL-18)", async () => {
        const recovery = { role: "replica", replicaOf: "prod" } as const;
        const replica = await deployMongo(mongoConfig("gcp", "prod", { recovery }), withCaller);
        assert.deepEqual(
            ownObjects(replica)
                .map(({ title }) => title)
                .sort(),
            [
                "RandomPassword documents-users-product",
                "RandomPassword documents-users-schema",
                "Secret documents-users-product-data",
                "Secret documents-users-product-services",
                "Secret documents-users-schema-data",
            ],
        );
        const product = deployed.resources.find(({ title }) => title === "Deployment product");
        assert.ok(product?.dependsOn.some((urn) => urn.endsWith("::documents-indexes")));
        assert.ok(product?.dependsOn.some((urn) => urn.endsWith("::documents-mongodb")));
    });
});
