import assert from "node:assert/strict";

import type { Cloud } from "../../../config/schema";
import type { JsonObject } from "../../../tools/plan/json";
import { closure } from "../deployed";
import type { Deployed, Deployment } from "../deployment";
import { searchDeployment } from "./kinds";

/** What differs between the kinds, and is documented in docs/data.md. */
interface Kind {
    readonly kind: "eck" | "opensearch-service";
    readonly cloud: Cloud;
    readonly address: string;
    /** Further settings. */
    readonly more: Readonly<Record<string, string>>;
    /** Titles of what a caller waits for. */
    readonly ready: readonly string[];
}

const eck = {
    kind: "eck",
    address: "search-es-http.data.svc.cluster.local:9200",
    more: {},
    ready: ["Elasticsearch search-elasticsearch", "Certificate search-elasticsearch-certificate"],
} as const;

const kinds: readonly Kind[] = [
    { ...eck, cloud: "gcp" },
    { ...eck, cloud: "aws" },
    { ...eck, cloud: "existing" },
    {
        kind: "opensearch-service",
        cloud: "aws",
        address: "vpc-search-engine.us-east-1.es.amazonaws.com:443",
        more: { ELASTICSEARCH_ENGINE: "opensearch", ELASTICSEARCH_CA: "system" },
        ready: ["Domain search-engine", "Job search-create-users"],
    },
];

/** Callers of the store, repeated from the catalogue. */
const workload = "product";

interface Pod {
    readonly containers: readonly {
        readonly env: readonly { readonly name: string; readonly value: unknown }[];
        readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string }[];
    }[];
    readonly volumes: readonly { readonly name: string; readonly secret?: { readonly secretName: string } }[];
}

function deploymentOf({ resources }: Deployment): Deployed {
    const [found] = resources.filter(({ type, name }) => type === "kubernetes:apps/v1:Deployment" && name === workload);
    assert.ok(found, `Deployment ${workload} is missing`);
    return found;
}

function podOf(deployed: Deployment): Pod {
    const { spec } = deploymentOf(deployed).inputs as { spec: JsonObject };
    return (spec["template"] as unknown as { spec: Pod }).spec;
}

for (const { kind, cloud, address, more, ready } of kinds) {
    for (const tier of ["dev", "prod"] as const) {
        describe(`the search's promise by ${kind} on ${cloud} in ${tier} (SE-01, DB-17)`, () => {
            let deployed: Deployment;
            before(async () => {
                deployed = await searchDeployment(cloud, kind, tier);
            });

            it("gives its caller the same settings", () => {
                const own = podOf(deployed).containers[0]?.env.filter(({ name }) => name.startsWith("ELASTICSEARCH_"));
                assert.deepEqual(Object.fromEntries((own ?? []).map(({ name, value }) => [name, value])), {
                    ELASTICSEARCH_ADDRESS: address,
                    ELASTICSEARCH_INDEX: "product",
                    ELASTICSEARCH_CREDENTIALS: "/var/run/secrets/stores/elasticsearch",
                    ...more,
                });
            });

            it("gives its caller the Secret with name and password by the same mount, in its own namespace", () => {
                const { volumes, containers } = podOf(deployed);
                const volume = volumes.find(({ name }) => name === "store-elasticsearch");
                assert.equal(volume?.secret?.secretName, "product-elasticsearch");
                const mount = containers[0]?.volumeMounts.find(({ name }) => name === "store-elasticsearch");
                assert.equal(mount?.mountPath, "/var/run/secrets/stores/elasticsearch");
                const secrets = deployed.resources
                    .filter(({ type }) => type === "kubernetes:core/v1:Secret")
                    .map(
                        ({ inputs }) =>
                            inputs as { metadata: JsonObject; type?: string; data: { secret?: JsonObject } },
                    )
                    .filter(({ metadata }) => metadata["name"] === "product-elasticsearch");
                assert.deepEqual(
                    secrets.map(({ metadata, type, data }) => [
                        metadata["namespace"],
                        type,
                        Object.keys(data.secret ?? {}).sort(),
                    ]),
                    [["services", "kubernetes.io/basic-auth", ["password", "username"]]],
                );
            });

            it("starts its caller after the store answers and knows it", () => {
                const first = closure(deployed)(deploymentOf(deployed).urn);
                const found = deployed.resources.filter(({ urn }) => first.has(urn)).map(({ title }) => title);
                assert.deepEqual(
                    ready.filter((title) => !found.includes(title)),
                    [],
                );
            });

            it("runs pods of Elasticsearch only where it is the kind", () => {
                const own = deployed.resources.filter(
                    ({ title }) => title.startsWith("Elasticsearch ") || title === "Release eck",
                );
                assert.equal(own.length > 0, kind === "eck");
            });
        });
    }
}
