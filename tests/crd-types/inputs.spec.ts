import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";

import type { Inputs } from "../../custom-resources/inputs";

interface Thing {
    kind: "Thing";
    spec: {
        mode?: "a" | "b";
        size: number | string;
        list: { name: string }[];
        labels?: { [key: string]: string };
        free?: { [key: string]: unknown };
        none: string | null;
    };
}

function text<T extends string>(value: T): pulumi.Output<T> {
    return pulumi.output(value) as pulumi.Output<T>;
}

// What is wrong here is found by `npm run types`: each @ts-expect-error has to be one.
describe("Inputs", () => {
    it("takes plain values and outputs at every depth, and read-only lists", () => {
        const mode: pulumi.Output<"a" | "b"> = text<"a" | "b">("a");
        const plain = {
            kind: "Thing",
            spec: { size: "1Gi", list: [{ name: "n" }] as const, none: null },
        } satisfies Inputs<Thing>;
        const outputs: Inputs<Thing> = {
            kind: "Thing",
            spec: pulumi.output({
                mode,
                size: pulumi.output(1),
                list: pulumi.output([{ name: text("n") }]),
                labels: { a: text("b") },
                free: { any: [1, text("c")] },
                none: text("d"),
            }),
        };
        assert.deepEqual([plain.kind, outputs.kind], ["Thing", "Thing"]);
    });

    it("refuses what the type does not have", () => {
        const spec = { size: 1, list: [], none: null };
        // @ts-expect-error another choice
        const choice: Inputs<Thing> = { kind: "Thing", spec: { ...spec, mode: "c" } };
        // @ts-expect-error an output of another type
        const output: Inputs<Thing> = { kind: "Thing", spec: { ...spec, size: pulumi.output(true) } };
        // @ts-expect-error a field that is not there
        const field: Inputs<Thing> = { kind: "Thing", spec: { ...spec, more: 1 } };
        // @ts-expect-error a field that is missing
        const missing: Inputs<Thing> = { kind: "Thing", spec: { list: [], none: null } };
        // @ts-expect-error undefined is not the same as left out
        const left: Inputs<Thing> = { kind: "Thing", spec: { ...spec, mode: undefined } };
        assert.equal([choice, output, field, missing, left].length, 5);
    });
});
