import assert from "node:assert/strict";

import type { Settings } from "../../../../components/platform-config";
import type { Cloud } from "../../../../config/schema";
import type { JsonObject } from "../../../../tools/plan";
import { type Deployment, deployPlatform } from "../../deployment";
import { configOf } from "../../layers";

interface Pod {
    readonly containers: readonly { readonly env: readonly { readonly name: string; readonly value: string }[] }[];
    readonly volumes: readonly { readonly name: string; readonly secret?: { readonly secretName: string } }[];
}

/** What differs by what runs the stores: settings besides those of pods, files of the two stores, the account's identity. */
const kinds: readonly {
    readonly cloud: Cloud;
    readonly own: Partial<Settings>;
    readonly cache: Readonly<Record<string, string>>;
    readonly files: readonly string[];
}[] = [
    {
        cloud: "gcp",
        own: { database: { kind: "cloud-sql" }, cache: { kind: "memorystore" } },
        cache: { USER: "memorystore-cache-warm@shop", CA: "credentials", AUTH: "google-iam" },
        files: ["ca.crt", "username"],
    },
    {
        cloud: "aws",
        own: { database: { kind: "rds" }, cache: { kind: "elasticache" } },
        cache: { USER: "cache-warm", CA: "system" },
        files: ["password", "username"],
    },
    {
        cloud: "aws",
        own: { database: { kind: "rds" } },
        cache: { USER: "cache-warm" },
        files: ["password", "username"],
    },
    {
        cloud: "gcp",
        own: { cache: { kind: "memorystore" } },
        cache: { USER: "memorystore-cache-warm@shop", CA: "credentials", AUTH: "google-iam" },
        files: ["ca.crt", "username"],
    },
];

/** The file names of a Secret in the job's namespace. */
function files({ resources }: Deployment, secretName: string | undefined): string[] {
    const found = resources
        .filter(({ type }) => type === "kubernetes:core/v1:Secret")
        .map(({ inputs }) => inputs as { readonly metadata: JsonObject; readonly data: JsonObject })
        .filter(({ metadata }) => metadata["name"] === secretName && metadata["namespace"] === "services");
    assert.equal(found.length, 1, secretName);
    const { data } = found[0]!;
    return Object.keys("secret" in data ? (data["secret"] as JsonObject) : data).sort();
}

describe("the job cache-warm, whatever runs its stores (CA-08, DB-18)", () => {
    for (const { cloud, own, cache, files: expected } of kinds) {
        const title = `${own.database?.kind ?? "cloudnative-pg"} and ${own.cache?.kind ?? "valkey"}`;
        it(`reads from replicas and writes as its own user with ${title}`, async () => {
            const deployed = await deployPlatform(configOf(cloud, "prod", own));
            const { inputs } = deployed.resources.find(({ title: name }) => name === "CronJob cache-warm-job")!;
            const { spec } = inputs as unknown as {
                readonly spec: { jobTemplate: { spec: { template: { spec: Pod } } } };
            };
            const { containers, volumes } = spec.jobTemplate.spec.template.spec;
            const env = Object.fromEntries(containers[0]?.env.map(({ name, value }) => [name, value]) ?? []);
            const of = (prefix: string) =>
                Object.fromEntries(
                    Object.entries(env).flatMap(([name, value]) =>
                        name.startsWith(prefix) ? [[name.slice(prefix.length), value]] : [],
                    ),
                );
            assert.deepEqual(of("POSTGRES_RO_"), {
                ADDRESS: "postgres-pooler-ro.data.svc.cluster.local:5432",
                DATABASE: "shop",
                SSL_MODE: "verify-full",
                CREDENTIALS: "/var/run/secrets/stores/postgres-ro",
            });
            const { ADDRESS: address, NODES: nodes, ...rest } = of("VALKEY_CACHE_");
            assert.ok(address !== undefined && nodes !== undefined);
            assert.deepEqual(rest, {
                ...cache,
                TLS: "true",
                CREDENTIALS: "/var/run/secrets/stores/valkey-cache",
            });
            const secretOf = (store: string) => volumes.find(({ name }) => name === store)?.secret?.secretName;
            assert.deepEqual(files(deployed, secretOf("store-postgres-ro")), ["password", "username"]);
            assert.deepEqual(files(deployed, secretOf("store-valkey-cache")), expected);
        });
    }
});
