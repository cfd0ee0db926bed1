import assert from "node:assert/strict";

import { inputOf, inputsOf } from "../../deployed";
import { type Deployed, deployPlatform } from "../../deployment";
import { managedConfig, searchDeployment } from "../kinds";

/** Titles of the resources that contain a text, and whether it is marked as secret wherever it is. */
function holders(resources: readonly Deployed[], text: string): readonly (readonly [string, boolean])[] {
    const encoded = Buffer.from(text).toString("base64");
    const found = (value: string) => value.includes(text) || value.includes(encoded);
    return resources
        .filter(({ inputs, outputs }) => found(JSON.stringify([inputs, outputs ?? {}])))
        .map(({ title, inputs }) => [title, JSON.stringify(inputs).includes('"secret"')] as const)
        .sort(([a], [b]) => a.localeCompare(b));
}

describe("the users of a managed engine (SE-01, SC-05)", () => {
    it("have passwords that are in their Secrets and nowhere else in plain text", async () => {
        const { resources } = await searchDeployment("aws", "opensearch-service", "prod");
        assert.deepEqual(holders(resources, "password of search-users-product"), [
            ["Secret search-users-product-services", true],
        ]);
        assert.deepEqual(holders(resources, "password of search-administrator"), [
            ["Domain search-engine", true],
            ["Secret search-administrator-data", true],
        ]);
    });

    it("include an administrator, whose password has a character of each class", async () => {
        const { resources } = await searchDeployment("aws", "opensearch-service", "prod");
        const { metadata, data } = inputOf(resources, "kubernetes:core/v1:Secret", "search-administrator-data") as {
            metadata: { name: string; namespace: string };
            data: { secret: { username: string } };
        };
        assert.deepEqual([metadata.name, metadata.namespace], ["search-administrator", "data"]);
        assert.equal(Buffer.from(data.secret.username, "base64").toString(), "administrator");
        const { minSpecial } = inputOf(resources, "random:index/randomPassword:RandomPassword", "search-administrator");
        assert.equal(minSpecial, 1);
    });

    it("all get other passwords by one key", async () => {
        const { resources } = await deployPlatform(managedConfig("dev", { passwordGeneration: 2 }));
        const all = Object.entries(inputsOf(resources, "random:index/randomPassword:RandomPassword"));
        assert.deepEqual(
            all.filter(([name]) => name.startsWith("search-")).map(([name, { keepers }]) => [name, keepers]),
            [
                ["search-administrator", { generation: "2" }],
                ["search-users-product", { generation: "2" }],
            ],
        );
    });
});
