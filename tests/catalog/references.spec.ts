import assert from "node:assert/strict";
import { join } from "node:path";

import * as ts from "typescript";

const folder = join(__dirname, "../../catalog");
const file = join(folder, "reference-under-test.ts");

/** A catalogue of two services, with additional fields for the first. */
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

/** Compiler errors of a catalogue as a file beside `catalog/workloads.ts`, in memory. */
function diagnostics(text: string): string[] {
    const host = ts.createCompilerHost(options);
    const read = host.getSourceFile.bind(host);
    host.getSourceFile = (name, target) => {
        if (name === file) {
            return ts.createSourceFile(name, text, target);
        }
        // Parsed once: library files take most of the time.
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

    const valid = {
        "to a service": { calls: '{ workloads: ["two"] }' },
        "to a store": { calls: '{ stores: ["postgres-rw"] }' },
        "to a topic": { produces: '["orders.created"]', consumes: '["orders.status"]' },
        "to a cache": { caches: '["carts"]' },
        "to a namespace": { namespace: '"payment"' },
        "to a pool": { pool: '"payment"' },
    };
    for (const [what, added] of Object.entries(valid)) {
        it(`${what} that exists compiles`, () => {
            assert.deepEqual(diagnostics(catalogue(added)), []);
        });
    }

    const dangling = {
        "to a service": [{ calls: '{ workloads: ["three"] }' }, "three"],
        "to a store": [{ calls: '{ stores: ["postgres"] }' }, "postgres"],
        "to a produced topic": [{ produces: '["orders.placed"]' }, "orders.placed"],
        "to a consumed topic": [{ consumes: '["orders.placed"]' }, "orders.placed"],
        "to a cache": [{ caches: '["baskets"]' }, "baskets"],
        "to a namespace": [{ namespace: '"default"' }, "default"],
        "to a pool": [{ pool: '"gpu"' }, "gpu"],
    } as const;
    for (const [what, [added, name]] of Object.entries(dangling)) {
        it(`${what} that does not exist fails to compile`, () => {
            const found = diagnostics(catalogue(added));
            assert.equal(found.length, 1, found.join("\n"));
            // With the compiler's quotes, so that the error is about this name.
            assert.match(
                found[0] ?? "",
                new RegExp(`^Type '"${name.replaceAll(".", "\\.")}"' is not assignable to type `),
            );
        });
    }

    it("fails to compile without calls", () => {
        const without = catalogue({}).replace("calls: {} },\n    two", "},\n    two");
        assert.match(diagnostics(without).join("\n"), /Property 'calls' is missing/);
    });
});
