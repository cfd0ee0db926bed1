import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { Fault, readStack, stackNames } from "../../../../tools/plan";

describe("stack configuration", () => {
    let root: string;

    beforeEach(() => {
        root = mkdtempSync(join(tmpdir(), "stack-config-"));
        write("package.json", '{ "dependencies": { "@pulumi/pulumi": "1.0.0", "@pulumi/gcp": "1.0.0" } }');
        write("Pulumi.yaml", "name: shop\n");
    });
    afterEach(() => {
        rmSync(root, { recursive: true });
    });

    function write(file: string, text: string): void {
        writeFileSync(join(root, file), text);
    }

    function values(config: string): Readonly<Record<string, string>> {
        write("Pulumi.dev.yaml", config);
        return readStack(root, "dev").config.values;
    }

    function fault(config: string, message: string): void {
        assert.throws(
            () => values(config),
            (error) => {
                assert.ok(error instanceof Fault);
                assert.equal(error.message, message);
                return true;
            },
        );
    }

    it("reads every way to write a key", () => {
        assert.deepEqual(values("config:\n  bare: a\n  shop:own: b\n  shop:config:old: c\n  gcp:project: d\n"), {
            "shop:bare": "a",
            "shop:own": "b",
            "shop:old": "c",
            "gcp:project": "d",
        });
    });

    it("keeps the spelling of scalars and makes JSON of the rest", () => {
        assert.deepEqual(
            values(
                'config:\n  a: 1.10\n  b: true\n  c: "007"\n  d:\n  e: [1, x]\n  f: { g: { h: 2 } }\n  i: 2020-01-01\n',
            ),
            {
                "shop:a": "1.10",
                "shop:b": "true",
                "shop:c": "007",
                "shop:d": "",
                "shop:e": '[1,"x"]',
                "shop:f": '{"g":{"h":2}}',
                "shop:i": "2020-01-01",
            },
        );
    });

    it("keeps secrets closed, and says which keys hold one", () => {
        write("Pulumi.dev.yaml", "config:\n  a: { secure: v1:abc }\n  b: { c: { secure: v1:def }, d: 1 }\n  e: f\n");
        assert.deepEqual(readStack(root, "dev"), {
            project: "shop",
            main: "index.ts",
            config: {
                values: { "shop:a": "[secret]", "shop:b": '{"c":"[secret]","d":1}', "shop:e": "f" },
                secretKeys: ["shop:a", "shop:b"],
            },
        });
    });

    it("takes the project's values where the stack gives none", () => {
        write(
            "Pulumi.yaml",
            "name: shop\nconfig:\n  a: one\n  shop:b: { type: integer, default: 2 }\n" +
                "  c: { type: string, description: none }\n  gcp:region: { value: here }\n  d: { e: f }\n",
        );
        assert.deepEqual(values("config:\n  a: two\n"), {
            "shop:a": "two",
            "shop:b": "2",
            "gcp:region": "here",
            "shop:d": '{"e":"f"}',
        });
    });

    it("reads a stack without configuration", () => {
        assert.deepEqual(values("encryptionsalt: v1:abc\n"), {});
    });

    it("names file, line and column of bad YAML and of keys given twice", () => {
        fault(
            "config:\n  a: [1\n",
            "Pulumi.dev.yaml:3:1: Flow sequence in block collection must be sufficiently indented and end with a ].",
        );
        fault("config:\n  a: 1\n  a: 2\n", "Pulumi.dev.yaml:3:3: Map keys must be unique.");
        fault("config:\n  a: 1\n  shop:a: 2\n", "Pulumi.dev.yaml: shop:a is given twice, as shop:a.");
        fault("config: 3\n", "Pulumi.dev.yaml: config must be a map of keys to values.");
    });

    it("refuses what the CLI would pass over in silence", () => {
        fault(
            "confg:\n  a: 1\n",
            'Pulumi.dev.yaml: confg: "confg" is not a known key; known are config, environment, ' +
                "secretsprovider, encryptedkey, encryptionsalt.",
        );
        fault(
            "config:\n  shpo:a: 1\n",
            'Pulumi.dev.yaml: shpo:a: "shpo" is not a known namespace; known are shop, pulumi, gcp.',
        );
    });

    it("lists the stacks that exist", () => {
        write("Pulumi.prod.yaml", "");
        write("Pulumi.dev.yaml", "");
        assert.deepEqual(stackNames(root), ["dev", "prod"]);
        assert.throws(() => readStack(root, "prdo"), { message: 'There is no stack "prdo"; there are dev, prod.' });
    });
});
