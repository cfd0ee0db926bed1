import assert from "node:assert/strict";

import type { JsonObject } from "../../../tools/plan/json";
import { inputsOf } from "../deployed";
import { deployment, deployPlatform } from "../deployment";
import { configOf } from "../layers";

/** Secrets of the layer by name of their resource. */
async function secrets(): Promise<Record<string, JsonObject>> {
    const { resources } = await deployment("gcp", "prod");
    const all = Object.entries(inputsOf(resources, "kubernetes:core/v1:Secret"));
    return Object.fromEntries(all.filter(([name]) => name.startsWith("search-")));
}

const text = (value: unknown): string => Buffer.from(String(value), "base64").toString();

function secretValue(value: unknown): string {
    const { secret } = value as { readonly secret: string };
    return text(secret);
}

describe("Elasticsearch's users (SE-01, SC-05)", () => {
    it("are the callers of the store and the two jobs, each with a password in its own namespace only", async () => {
        const found = await secrets();
        assert.deepEqual(
            Object.values(found)
                .map(({ metadata }) => {
                    const { name, namespace } = metadata as { name: string; namespace: string };
                    return `${namespace}/${name}`;
                })
                .sort(),
            [
                "data/search-restore",
                "data/search-roles",
                "data/search-snapshots",
                "data/search-users",
                "services/product-elasticsearch",
            ],
        );
    });

    it("are known to Elasticsearch by the hash of the password, which is secret in the state", async () => {
        const found = await secrets();
        const { data } = found["search-users-users"] as { data: unknown };
        const files = (data as { secret?: JsonObject }).secret ?? (data as JsonObject);
        const users = files["users"];
        const users64 = typeof users === "string" ? text(users) : secretValue(users);
        assert.match(users64, /^product:.*hash.*\nsearch-snapshots:.*hash.*\nsearch-restore:.*hash.*\n$/);
        assert.doesNotMatch(users64, /password/);
        assert.ok(JSON.stringify(found["search-users-users"]).includes('"secret"'), "not secret");
    });

    it("get other passwords by a key", async () => {
        const { resources } = await deployPlatform(configOf("gcp", "dev", { search: { passwordGeneration: 2 } }));
        const { keepers } =
            inputsOf(resources, "random:index/randomPassword:RandomPassword")["search-users-product"] ?? {};
        assert.deepEqual(keepers, { generation: "2" });
    });

    it("are given to the service with the name of its index", async () => {
        const { resources } = await deployment("gcp", "prod");
        const { spec } = inputsOf(resources, "kubernetes:apps/v1:Deployment")["product"] as JsonObject;
        const json = JSON.stringify(spec);
        assert.ok(json.includes('{"name":"ELASTICSEARCH_INDEX","value":"product"}'));
        assert.ok(json.includes('"secretName":"product-elasticsearch"'));
    });
});
