import assert from "node:assert/strict";

import type { Cloud, Tier } from "../../../config/schema";
import type { JsonObject } from "../../../tools/plan/json";
import { closure } from "../deployed";
import { type Deployed, deployPlatform, type Deployment } from "../deployment";
import { configOf } from "../layers";

/** What differs between the kinds, and is documented in docs/data.md: where the nodes are, and who signs and signs in. */
interface Kind {
    readonly kind: "valkey" | "memorystore" | "elasticache";
    readonly cloud: Cloud;
    readonly address: (store: string) => string;
    readonly nodes: (store: string, tier: Tier) => string;
    readonly user: (workload: string) => string;
    /** Further settings. */
    readonly more: (prefix: string) => Record<string, string>;
    /** Keys of the Secret's data. */
    readonly secret: readonly string[];
    /** Titles of what the first of the callers' dependencies are. */
    readonly ready: (store: string) => string;
}

const six = ["0-a", "1-a", "2-a", "0-b", "1-b", "2-b"];
const pods = (store: string, tier: Tier) =>
    (tier === "dev" ? ["0-a"] : six)
        .map((member) => `${store}-${member}-0.${store}-nodes.cache.svc.cluster.local:6379`)
        .join(",");
const google = (store: string) => (store === "valkey-state" ? "10.40.0.7:6379" : "10.40.0.8:6379");
const amazon = (store: string) => `clustercfg.${store}.use1.cache.amazonaws.com:6379`;

const inCluster = {
    kind: "valkey",
    address: (store: string) => `${store}.cache.svc.cluster.local:6379`,
    nodes: pods,
    user: (workload: string) => workload,
    more: () => ({}),
    secret: ["password", "username"],
    ready: (store: string) => `Job ${store}-formed`,
} as const;

const kinds: readonly Kind[] = [
    { ...inCluster, cloud: "gcp" },
    { ...inCluster, cloud: "aws" },
    { ...inCluster, cloud: "existing" },
    {
        kind: "memorystore",
        cloud: "gcp",
        address: google,
        nodes: google,
        user: (workload) => `memorystore-${workload}@shop`,
        more: (prefix) => ({ [`${prefix}_CA`]: "credentials", [`${prefix}_AUTH`]: "google-iam" }),
        secret: ["ca.crt", "username"],
        ready: (store) => `Instance ${store}`,
    },
    {
        kind: "elasticache",
        cloud: "aws",
        address: amazon,
        nodes: amazon,
        user: (workload) => workload,
        more: (prefix) => ({ [`${prefix}_CA`]: "system" }),
        secret: ["password", "username"],
        ready: (store) => `ReplicationGroup ${store}`,
    },
];

/** Callers of each store, repeated from the catalogue. */
const callers = { "valkey-state": ["user", "order"], "valkey-cache": ["product"] } as const;
const prefixes = { "valkey-state": "VALKEY_STATE", "valkey-cache": "VALKEY_CACHE" } as const;

function named({ resources }: Deployment, type: string, name: string): Deployed {
    const [found] = resources.filter((one) => one.type === `kubernetes:${type}` && one.name === name);
    assert.ok(found, `${type} ${name} is missing`);
    return found;
}

interface Pod {
    readonly containers: readonly { readonly env: readonly { name: string; value: unknown }[] }[];
    readonly volumes: readonly { readonly name: string; readonly secret?: { readonly secretName: string } }[];
}

function podOf(deployment: Deployment, workload: string): Pod {
    const { spec } = named(deployment, "apps/v1:Deployment", workload).inputs as { spec: JsonObject };
    return (spec["template"] as unknown as { spec: Pod }).spec;
}

function variables(pod: Pod, prefix: string): Record<string, unknown> {
    const own = pod.containers[0]?.env.filter(({ name }) => name.startsWith(`${prefix}_`)) ?? [];
    return Object.fromEntries(own.map(({ name, value }) => [name, value]));
}

for (const one of kinds) {
    for (const tier of ["dev", "prod"] as const) {
        describe(`the caches' promise by ${one.kind} on ${one.cloud} in ${tier} (CA-01, DB-17, X30)`, () => {
            let deployment: Deployment;
            before(async () => {
                const cache = { kind: one.kind };
                deployment = await deployPlatform(configOf(one.cloud, tier, { cache }));
            });

            for (const store of ["valkey-state", "valkey-cache"] as const) {
                for (const workload of callers[store]) {
                    it(`gives ${workload} the same settings of ${store}`, () => {
                        const prefix = prefixes[store];
                        assert.deepEqual(variables(podOf(deployment, workload), prefix), {
                            [`${prefix}_ADDRESS`]: one.address(store),
                            [`${prefix}_NODES`]: one.nodes(store, tier),
                            [`${prefix}_USER`]: one.user(workload),
                            [`${prefix}_TLS`]: "true",
                            [`${prefix}_CREDENTIALS`]: `/var/run/secrets/stores/${store}`,
                            ...one.more(prefix),
                        });
                    });

                    it(`gives ${workload} the Secret of ${store} by the same name, in its own namespace`, () => {
                        const { volumes } = podOf(deployment, workload);
                        const volume = volumes.find(({ name }) => name === `store-${store}`);
                        assert.equal(volume?.secret?.secretName, `${store}-${workload}`);
                        const secrets = deployment.resources
                            .filter(({ type }) => type === "kubernetes:core/v1:Secret")
                            .map(({ inputs }) => inputs as { metadata: JsonObject; data: JsonObject })
                            .filter(({ metadata }) => metadata["name"] === `${store}-${workload}`);
                        assert.deepEqual(
                            secrets.map(({ metadata, data }) => [
                                metadata["namespace"],
                                Object.keys("secret" in data ? (data["secret"] as JsonObject) : data).sort(),
                            ]),
                            [["services", one.secret]],
                        );
                    });

                    it(`starts ${workload} after ${store} accepts connections`, () => {
                        const { urn } = named(deployment, "apps/v1:Deployment", workload);
                        const first = [...closure(deployment)(urn)];
                        const [ready] = deployment.resources.filter(({ title }) => title === one.ready(store));
                        assert.ok(ready, `${one.ready(store)} is missing`);
                        assert.ok(first.includes(ready.urn), `${workload} does not wait for ${one.ready(store)}`);
                    });
                }
            }

            it("keeps Memcached's pods", () => {
                const { urn } = named(deployment, "apps/v1:Deployment", "product");
                const memcached = named(deployment, "apps/v1:StatefulSet", "memcached");
                assert.ok(closure(deployment)(urn).has(memcached.urn));
                const { MEMCACHED_ADDRESS: address, MEMCACHED_TLS: tls } = variables(
                    podOf(deployment, "product"),
                    "MEMCACHED",
                );
                assert.deepEqual([address, tls], ["memcached.cache.svc.cluster.local:11211", "true"]);
            });

            it("runs pods of Valkey only where it is the kind", () => {
                const sets = deployment.resources
                    .filter(({ type }) => type === "kubernetes:apps/v1:StatefulSet")
                    .map(({ name }) => name)
                    .filter((name) => name.startsWith("valkey-"));
                assert.equal(sets.length > 0, one.kind === "valkey");
            });
        });
    }
}
