import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { usedKinds } from "../../custom-resources/kinds";
import { differences, writeTypes } from "../../tools/crd-types/files";
import { headerOf, typeFiles, typeText } from "../../tools/crd-types/generate";
import { readLock } from "../../tools/crds/lock";
import type { KubeObject } from "../../tools/crds/object";
import type { JsonObject } from "../../tools/plan";

const used = { project: "example", apiGroup: "example.com", version: "v1", kind: "Thing" };
const source = { project: "example", version: "v1.2.3", file: "things.yaml", sha256: "abc" };
const typesFolder = resolve(__dirname, "../../custom-resources/types");

function definition(spec: JsonObject, scope = "Namespaced"): KubeObject {
    const openAPIV3Schema = {
        type: "object",
        description: "A thing.",
        properties: { apiVersion: { type: "string" }, kind: {}, metadata: { type: "object" }, spec, status: {} },
        required: ["spec"],
    };
    return {
        apiVersion: "apiextensions.k8s.io/v1",
        kind: "CustomResourceDefinition",
        metadata: { name: "things.example.com" },
        spec: { scope, versions: [{ name: "v0" }, { name: "v1", schema: { openAPIV3Schema } }] },
    };
}

/** The type of one field of `spec`, as generated, in one line. */
async function typeOf(field: JsonObject, rest: JsonObject = {}): Promise<string> {
    const text = await typeText(
        used,
        definition({ type: "object", properties: { field }, required: ["field"], ...rest }),
        source,
    );
    const [, spec = ""] = /\n {4}spec: \{\n(.*?)\n {4}\};\n/s.exec(text) ?? [];
    return spec.replace(/\s+/g, " ").trim();
}

describe("types of custom resources", () => {
    it("are the object as it is written: its own version and kind, no status, a namespace where it has one", async () => {
        const spec = { type: "object", properties: { size: { type: "integer" } } };
        assert.equal(
            await typeText(used, definition(spec), source),
            `${headerOf(source)}

export interface Thing {
    apiVersion: "example.com/v1";
    kind: "Thing";
    metadata: {
        name: string;
        namespace: string;
        labels?: {
            [k: string]: string;
        };
        annotations?: {
            [k: string]: string;
        };
    };
    spec: {
        size?: number;
    };
}
`,
        );
        assert.doesNotMatch(await typeText(used, definition(spec, "Cluster"), source), /namespace/);
    });

    const fields: readonly (readonly [what: string, field: JsonObject, type: string])[] = [
        ["text", { type: "string", pattern: "^a$" }, "field: string;"],
        ["choices", { type: "string", enum: ["a", "b"] }, 'field: "a" | "b";'],
        ["a quantity", { "x-kubernetes-int-or-string": true, anyOf: [{}] }, "field: number | string;"],
        ["a default", { type: "string", default: "a" }, "field?: string;"],
        ["null", { type: "string", nullable: true }, "field: string | null;"],
        [
            "a list with bounds",
            { type: "array", items: { type: "string" }, minItems: 1, maxItems: 2 },
            "field: string[];",
        ],
        ["a map", { type: "object", additionalProperties: { type: "integer" } }, "field: { [k: string]: number; };"],
        [
            "free fields",
            { type: "object", "x-kubernetes-preserve-unknown-fields": true },
            "field: { [k: string]: unknown; };",
        ],
        ["anything", { "x-kubernetes-preserve-unknown-fields": true }, "field: unknown;"],
        ["no field at all", { type: "object" }, "field: Record<string, never>;"],
        [
            "known fields beside free ones",
            {
                type: "object",
                properties: { a: { type: "string", description: "A." } },
                "x-kubernetes-preserve-unknown-fields": true,
            },
            "field: { a?: string; [k: string]: unknown; };",
        ],
        [
            "alternatives, which only restrict values",
            { type: "object", properties: { a: { type: "string" } }, oneOf: [{ required: ["a"] }] },
            "field: { a?: string; };",
        ],
    ];
    for (const [what, field, type] of fields) {
        it(`say ${what}`, async () => {
            assert.equal(await typeOf(field), type);
        });
    }

    it("give a large shape that is repeated one name, and write small ones out", async () => {
        const names = ["alpha", "beta", "gamma", "delta", "epsilon", "zeta"];
        const shape = (fields: readonly string[]): JsonObject => ({
            type: "object",
            properties: Object.fromEntries(fields.map((name) => [name, { type: "string" }])),
        });
        const large = shape(names);
        const text = await typeText(
            used,
            definition({
                type: "object",
                properties: {
                    "first-pod": large,
                    list: { type: "array", items: large },
                    map: { type: "object", additionalProperties: large },
                    thing: { type: "object", properties: { inner: shape([...names, "eta"]) } },
                    again: { type: "object", properties: { thing: shape([...names, "eta"]) } },
                    small: shape(["a"]),
                    other: shape(["a"]),
                },
            }),
            source,
        );
        assert.deepEqual(
            [...text.matchAll(/^export interface (\w+)/gm)].map(([, name]) => name),
            ["Thing", "FirstPod", "Inner"],
        );
        assert.match(text, /"first-pod"\?: FirstPod;\n {8}list\?: FirstPod\[\];\n {8}map\?: \{\n.*: FirstPod;/);
        assert.equal([...text.matchAll(/\ba\?: string;/g)].length, 2);
    });

    it("are refused for a version or a kind that no definition has", async () => {
        await assert.rejects(
            typeText({ ...used, version: "v2" }, definition({ type: "object" }), source),
            /Thing of example\.com has no version v2\. Correct custom-resources\/kinds\.ts/,
        );
        await assert.rejects(typeFiles([used], "/nowhere", { projects: [] }), /has no example\.com Thing in project/);
    });
});

describe("generated files", () => {
    let folder: string;
    const files = [
        { path: join("a.example.com", "A.ts"), text: `${headerOf(source)}\na\n` },
        { path: join("b.example.com", "B.ts"), text: `${headerOf(source)}\nb\n` },
    ];

    beforeEach(() => {
        folder = mkdtempSync(join(tmpdir(), "crd-types-"));
        writeTypes(files, folder);
    });

    afterEach(() => {
        rmSync(folder, { recursive: true });
    });

    it("are compared one by one: missing, changed and superfluous", () => {
        assert.deepEqual(differences(files, folder), []);
        writeFileSync(join(folder, "a.example.com", "A.ts"), "changed\n");
        writeFileSync(join(folder, "a.example.com", "Old.ts"), "");
        rmSync(join(folder, "b.example.com", "B.ts"));
        assert.deepEqual(differences(files, folder), [
            `${join("a.example.com", "A.ts")} differs from the pinned definition`,
            `${join("b.example.com", "B.ts")} is missing`,
            `${join("a.example.com", "Old.ts")} is of a kind that is not in the table`,
        ]);
        writeTypes(files, folder);
        assert.deepEqual(differences(files, folder), [
            `${join("a.example.com", "Old.ts")} is of a kind that is not in the table`,
        ]);
    });

    it("of a kind that is no longer in the table are removed; other files and what links lead to are not", () => {
        const other = mkdtempSync(join(tmpdir(), "crd-types-other-"));
        const [first] = files;
        assert.ok(first !== undefined);
        writeFileSync(join(other, "Linked.ts"), first.text);
        symlinkSync(other, join(folder, "link"));
        writeFileSync(join(folder, "a.example.com", "Own.ts"), "export {};\n");
        writeTypes([first], folder);
        const left = ["a.example.com/A.ts", "a.example.com/Own.ts", "b.example.com/B.ts"].map((path) =>
            existsSync(join(folder, path)),
        );
        assert.deepEqual([...left, existsSync(join(other, "Linked.ts"))], [true, true, false, true]);
        rmSync(other, { recursive: true });
    });

    it("that are committed are of the kinds of the table, from the pinned definitions", () => {
        const { projects } = readLock();
        const found = readdirSync(typesFolder, { recursive: true, encoding: "utf8" }).filter((path) =>
            path.endsWith(".ts"),
        );
        const wanted = usedKinds.map(({ apiGroup, kind }) => join(apiGroup, `${kind}.ts`));
        assert.deepEqual(found.sort(), wanted.sort());
        for (const { project: name, apiGroup, kind } of usedKinds) {
            const text = readFileSync(join(typesFolder, apiGroup, `${kind}.ts`), "utf8");
            const project = projects.find((one) => one.project === name);
            const headers = (project?.files ?? []).map(({ file, sha256 }) =>
                headerOf({ project: name, version: project?.version ?? "", file, sha256 }),
            );
            assert.ok(
                headers.includes(text.split("\n").slice(0, 2).join("\n")),
                `${kind} is from another definition than tests/cluster/crds.lock.json pins. Run: npm run crd-types`,
            );
        }
    });
});
