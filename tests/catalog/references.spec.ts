import assert from "node:assert/strict";
import { join } from "node:path";

import * as ts from "typescript";

const folder = join(__dirname, "../../catalog");
const file = join(folder, "reference-under-test.ts");

/** A catalogue of two services; what is added to the first is under test. */
function catalogue(added: Readonly<Record<string, string>>): string {
    const fields: Record<string, string> = {
        description: '"A service"',
        namespace: '"services"',
        importance: '"standard"',
        scaling: "{ min: 2, max: 4 }",
        calls: "{}",
        ...added,
    };
    const entry = Object.entries(fields).map(([key, value]) => `${key}: ${value}`);
    return [
        'import { defineWorkloads } from "./types";',
        "export const shop = defineWorkloads({",
        `    one: { ${entry.join(", ")} },`,
        '    two: { description: "Another", namespace: "services", importance: "standard", scaling: { min: 2, max: 4 }, calls: {} },',
        "});",
        "",
    ].join("\n");
}

const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.CommonJS,
    moduleResolution: ts.ModuleResolutionKind.Node10,
    lib: ["lib.es2023.d.ts"],
    types: [],
    exactOptionalPropertyTypes: true,
    skipLibCheck: true,
};

const parsed = new Map<string, ts.SourceFile | undefined>();

/** What the compiler says of a catalogue, as it would of `catalog/workloads.ts`; nothing is written to disk. */
function complaints(text: string): string[] {
    const host = ts.createCompilerHost(options);
    const read = host.getSourceFile.bind(host);
    host.getSourceFile = (name, target) => {
        if (name === file) {
            return ts.createSourceFile(name, text, target);
        }
        // The library's files are most of the work, and the same each time.
        if (!parsed.has(name)) {
            parsed.set(name, read(name, target));
        }
        return parsed.get(name);
    };
    const program = ts.createProgram([file], options, host);
    const source = program.getSourceFile(file);
    return ts
        .getPreEmitDiagnostics(program, source)
        .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n").split("\n")[0] ?? "");
}

describe("a reference in the catalogue", function () {
    this.timeout(20_000);

    const sound = {
        "to a service": { calls: '{ workloads: ["two"] }' },
        "to a store": { calls: '{ stores: ["postgres-rw"] }' },
        "to a topic": { produces: '["orders.created"]', consumes: '["orders.status"]' },
        "to a cache": { caches: '["carts"]' },
        "to a namespace": { namespace: '"payment"' },
        "to a pool": { pool: '"payment"' },
    };
    for (const [what, added] of Object.entries(sound)) {
        it(`${what} that is there compiles`, () => {
            assert.deepEqual(complaints(catalogue(added)), []);
        });
    }

    const dangling = {
        "to a service": [{ calls: '{ workloads: ["three"] }' }, "three"],
        "to a store": [{ calls: '{ stores: ["postgres"] }' }, "postgres"],
        "to a topic, written": [{ produces: '["orders.placed"]' }, "orders.placed"],
        "to a topic, read": [{ consumes: '["orders.placed"]' }, "orders.placed"],
        "to a cache": [{ caches: '["baskets"]' }, "baskets"],
        "to a namespace": [{ namespace: '"default"' }, "default"],
        "to a pool": [{ pool: '"gpu"' }, "gpu"],
    } as const;
    for (const [what, [added, name]] of Object.entries(dangling)) {
        it(`${what} that is not there does not compile`, () => {
            const found = complaints(catalogue(added));
            assert.equal(found.length, 1, found.join("\n"));
            // Quoted as the compiler quotes types, so that the name itself is what it complains of.
            assert.match(
                found[0] ?? "",
                new RegExp(`^Type '"${name.replaceAll(".", "\\.")}"' is not assignable to type `),
            );
        });
    }

    it("left out altogether does not compile either", () => {
        const without = catalogue({}).replace("calls: {} },\n    two", "},\n    two");
        assert.match(complaints(without).join("\n"), /Property 'calls' is missing/);
    });
});
