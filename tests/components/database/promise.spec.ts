import assert from "node:assert/strict";

import type { Cloud, Tier } from "../../../config/schema";
import type { JsonObject } from "../../../tools/plan/json";
import { waits } from "../deployed";
import { type Deployment, inLayer } from "../deployment";
import { declaredOf } from "../layers";
import { kindConfig, kindDeployment, type TestedKind } from "./kinds";

const cases: readonly (readonly [cloud: Cloud, kind: TestedKind])[] = [
    ["gcp", "cloudnative-pg"],
    ["aws", "cloudnative-pg"],
    ["gcp", "cloud-sql"],
    ["aws", "rds"],
];

function inputsOf(deployment: Deployment, title: string): unknown {
    return byTitle(deployment, title).inputs;
}

/** Environment and mounted Secrets of a service that concern the database. */
function seenBy(deployment: Deployment, service: string): object {
    const { spec } = inputsOf(deployment, `Deployment ${service}`) as {
        readonly spec: {
            readonly template: {
                readonly spec: {
                    readonly containers: readonly {
                        readonly name: string;
                        readonly env: readonly { readonly name: string }[];
                    }[];
                    readonly volumes: readonly { readonly name: string; readonly secret?: JsonObject }[];
                };
            };
        };
    };
    const { containers, volumes } = spec.template.spec;
    const env = containers.flatMap((container) => container.env);
    return {
        env: env.filter(({ name }) => name.startsWith("POSTGRES_")),
        volumes: volumes.filter(({ name }) => name.startsWith("store-postgres-")),
    };
}

const order = {
    env: [
        { name: "POSTGRES_RW_ADDRESS", value: "postgres-pooler-rw.data.svc.cluster.local:5432" },
        { name: "POSTGRES_RW_DATABASE", value: "shop" },
        { name: "POSTGRES_RW_SSL_MODE", value: "verify-full" },
        { name: "POSTGRES_RW_CREDENTIALS", value: "/var/run/secrets/stores/postgres-rw" },
        { name: "POSTGRES_RO_ADDRESS", value: "postgres-pooler-ro.data.svc.cluster.local:5432" },
        { name: "POSTGRES_RO_DATABASE", value: "shop" },
        { name: "POSTGRES_RO_SSL_MODE", value: "verify-full" },
        { name: "POSTGRES_RO_CREDENTIALS", value: "/var/run/secrets/stores/postgres-ro" },
    ],
    volumes: ["rw", "ro"].map((store) => ({
        name: `store-postgres-${store}`,
        secret: { secretName: "postgres-order", defaultMode: 0o440 },
    })),
};

/** Secrets of roles by title, with their user and namespace. */
const secrets = (kind: TestedKind) =>
    Object.fromEntries(
        [
            ["cache-warm", "cache_warm_service", "services"],
            ["inventory", "inventory_service", "services"],
            ["order", "order_service", "services"],
            ["payment", "payment_service", "payment"],
            ["product", "product_service", "services"],
            ["user", "user_service", "services"],
            ["maintenance", "shop_maintenance"],
            ["owner", "shop_owner"],
            ["pgpool", "pgpool"],
            ...(kind === "cloudnative-pg" ? [] : [["exporter", "postgres_exporter"]]),
        ].flatMap(([key, user, caller]) =>
            [["data", "data"], ...(caller === undefined ? [] : [["caller", caller]])].map(([role, namespace]) => [
                `Secret database-roles-${key ?? ""}-${role ?? ""}`,
                { name: `postgres-${key ?? ""}`, namespace, user },
            ]),
        ),
    );

function secretsOf(deployment: Deployment): object {
    const own = inLayer(deployment, "database").filter(({ title }) => title.startsWith("Secret database-roles-"));
    return Object.fromEntries(
        own.map(({ title, inputs }) => {
            const { metadata, data, type } = inputs as {
                readonly metadata: { readonly name: string; readonly namespace: string };
                readonly data: { readonly secret: { readonly username: string; readonly password: string } };
                readonly type: string;
            };
            assert.equal(type, "kubernetes.io/basic-auth");
            const key = title.replace(/^Secret /, "").replace(/-(data|caller)$/, "");
            const password = Buffer.from(`password of ${key}`).toString("base64");
            assert.equal(data.secret.password, password, title);
            const user = Buffer.from(data.secret.username, "base64").toString();
            return [title, { name: metadata.name, namespace: metadata.namespace, user }];
        }),
    );
}

/** Where the pods behind a store's Service are, whatever creates them. */
const services = (tier: Tier): object => ({
    "postgres-rw": ["data", "postgres-pooler-rw", 5432],
    "postgres-ro": ["data", "postgres-pooler-ro", 5432],
    ...(tier === "dev" ? {} : { "postgres-split": ["data", "postgres-split", 5432] }),
});

describe("the database's promise, whatever runs PostgreSQL (DB-01, DB-07, DB-09, DB-17, DB-18)", () => {
    for (const [cloud, kind] of cases) {
        describe(`${kind} on ${cloud}`, () => {
            for (const tier of ["dev", "prod"] as const) {
                it(`declares the same Services in ${tier}`, () => {
                    const { stores } = declaredOf(kindConfig(cloud, tier, kind));
                    const found = Object.entries(stores).flatMap(([name, endpoint]) =>
                        name.startsWith("postgres-") && endpoint.kind === "cluster"
                            ? [[name, [endpoint.namespace, endpoint.service, endpoint.port]]]
                            : [],
                    );
                    assert.deepEqual(Object.fromEntries(found), services(tier));
                });
            }

            it("gives a service the same addresses, settings and Secret", async () => {
                assert.deepEqual(seenBy(await kindDeployment(cloud, kind), "order"), order);
            });

            it("has a Secret for each role, in its namespace, and no password elsewhere in plain text", async () => {
                const deployment = await kindDeployment(cloud, kind);
                assert.deepEqual(secretsOf(deployment), secrets(kind));
                for (const { title, inputs } of inLayer(deployment, "database")) {
                    const plain = JSON.stringify(inputs, (_key, value: unknown) =>
                        typeof value === "object" &&
                        value !== null &&
                        "secret" in value &&
                        Object.keys(value).length === 1
                            ? "<secret>"
                            : value,
                    );
                    assert.ok(!plain.includes("password of database"), title);
                    assert.ok(
                        !plain.includes(Buffer.from("password of database").toString("base64").slice(0, 26)),
                        title,
                    );
                }
            });

            it("lets a service start after the poolers that it calls, the schema and the instances", async () => {
                const deployment = await kindDeployment(cloud, kind);
                const [direct] = Object.values(waits(deployment, [byTitle(deployment, "Deployment order")]));
                const front = kind === "cloudnative-pg" ? "Pooler" : "Deployment";
                const own = direct?.filter((title) => / database-/.test(title) && !title.startsWith("Secret "));
                assert.deepEqual(
                    own?.sort(),
                    [`${front} database-pooler-ro`, `${front} database-pooler-rw`, "Job database-schema"].sort(),
                );
            });

            it("runs the schema after roles and instances", async () => {
                const deployment = await kindDeployment(cloud, kind);
                const [direct] = Object.values(waits(deployment, [byTitle(deployment, "Job database-schema")]));
                const needs = kind === "cloudnative-pg" ? "Cluster database-cluster" : "Job database-create-roles";
                assert.ok(direct?.includes(needs), direct?.join(", "));
            });

            it("has metrics of its servers", async () => {
                const titles = inLayer(await kindDeployment(cloud, kind), "database").map(({ title }) => title);
                const monitor = kind === "cloudnative-pg" ? "monitors-postgres" : "exporter-monitor";
                assert.ok(titles.includes(`PodMonitor database-${monitor}`), titles.join(", "));
            });

            it("has the certificate of the poolers' Services", async () => {
                const { spec } = inputsOf(await kindDeployment(cloud, kind), "Certificate database-certificate") as {
                    readonly spec: { readonly secretName: string; readonly dnsNames: readonly string[] };
                };
                assert.equal(spec.secretName, "postgres-server");
                for (const service of ["postgres-pooler-rw", "postgres-pooler-ro"]) {
                    assert.ok(spec.dnsNames.includes(`${service}.data.svc.cluster.local`), service);
                }
            });

            it("maintains partitions and migrates with the same SQL", async () => {
                const deployment = await kindDeployment(cloud, kind);
                const operator = await kindDeployment(cloud, "cloudnative-pg");
                for (const title of ["ConfigMap database-schema-migrations", "ConfigMap database-schema-rights"]) {
                    assert.deepEqual(inputsOf(deployment, title), inputsOf(operator, title));
                }
                const { spec } = inputsOf(deployment, "CronJob database-schema-maintenance") as {
                    readonly spec: { readonly schedule: string };
                };
                assert.equal(spec.schedule, "30 3 1 * *");
            });
        });
    }
});

function byTitle({ resources }: Deployment, title: string) {
    const found = resources.find((resource) => resource.title === title);
    assert.ok(found, `${title} is missing`);
    return found;
}
