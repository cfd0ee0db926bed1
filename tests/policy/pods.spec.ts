import * as assert from "node:assert/strict";
import { evaluate, type PolicyResource, type Violation } from "../../policy/evaluate";
import { goodPod, kinds, put, resource, resourceOf, wrap, type Json } from "./fixtures";
import { furtherRows } from "./further-rows";
import type { Row } from "./rows";
import { standardRows } from "./standard-rows";

/** The containers of `goodPod`; the second init container is a native sidecar. */
const places: readonly (readonly [list: string, index: string, subject: string])[] = [
    ["initContainers", "0", 'init container "migrate"'],
    ["initContainers", "1", 'init container "proxy"'],
    ["containers", "0", 'container "app"'],
    ["ephemeralContainers", "0", 'ephemeral container "debug"'],
];
const rows = [...standardRows, ...furtherRows];
const unknownString = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

interface Case {
    readonly row: Row;
    readonly prefix: readonly string[];
    readonly subject: string | undefined;
}

const cases: readonly Case[] = rows.flatMap((row): Case[] =>
    row.at === "pod"
        ? [{ row, prefix: [], subject: undefined }]
        : places
              .filter(([list]) => row.notEphemeral !== true || list !== "ephemeralContainers")
              .map(([list, index, subject]) => ({ row, prefix: [list, index], subject })),
);

function judge(resource: PolicyResource): Violation[] {
    const { violations, warnings, exempted } = evaluate([resource], { tier: "prod" });
    assert.deepEqual([...warnings, ...exempted], []);
    return [...violations];
}

function podWith({ row, prefix }: Case, value: unknown): Json {
    const pod = goodPod();
    for (const [path, extra] of row.with ?? []) {
        put(pod, [...prefix, ...path], extra);
    }
    put(pod, [...prefix, ...row.path], value);
    return pod;
}

/** The field's path as in messages. */
function shownPath({ row, prefix }: Case, root: string): string {
    const path = [...prefix, ...row.path].map((key) => (/^\d+$/.test(key) ? `[${key}]` : `.${key}`)).join("");
    return `${root}${path}`.replace(/^\./, "");
}

function title({ row, subject }: Case): string {
    const value = row.bad === undefined ? "unset" : JSON.stringify(row.bad);
    return `${row.policy}: ${row.path.join(".")} = ${value} in ${subject ?? "the pod"}`;
}

describe("pod policies, row by row (PO-01, SC-01)", () => {
    it("have the expected number of rows and cases", () => {
        assert.equal(standardRows.length, 70);
        assert.equal(furtherRows.length, 31);
        assert.equal(cases.length * kinds.length, 2570);
    });

    it("accept the good pod in every kind", () => {
        for (const kind of kinds) {
            assert.deepEqual(judge(resourceOf(kind, goodPod())), [], kind.kind);
        }
    });

    for (const one of cases) {
        const { row, subject } = one;

        it(title(one), () => {
            for (const kind of kinds) {
                const found = judge(resourceOf(kind, podWith(one, row.bad)));
                assert.deepEqual(
                    found.map(({ policy, level }) => [policy, level]),
                    [[row.policy, "mandatory"]],
                    kind.kind,
                );
                const message = found[0]!.message;
                const where = `${kind.kind} "web"${subject === undefined ? "" : `, ${subject}`}: `;
                const root = [...kind.path, "spec"].join(".");
                assert.ok(message.startsWith(`${where}${shownPath(one, root)} `), message);
                assert.ok(message.endsWith(found[0]!.remediation), message);
            }
            for (const good of row.good) {
                assert.deepEqual(judge(resourceOf(kinds[3]!, podWith(one, good))), [], JSON.stringify(good));
            }
        });

        it(`${title(one)}: unknown`, () => {
            const found = judge(resourceOf(kinds[3]!, podWith(one, unknownString)));
            assert.deepEqual(
                found.map(({ policy }) => policy),
                row.unknownPasses === true ? [] : [row.policy],
            );
        });

        it(`${title(one)}: in a patch`, () => {
            for (const kind of kinds) {
                const spec: Json = {};
                put(spec, [...one.prefix, ...row.path], row.bad);
                for (const [path, extra] of row.with ?? []) {
                    put(spec, [...one.prefix, ...path], extra);
                }
                const patch = resource(`kubernetes:${kind.api}:${kind.kind}Patch`, wrap(kind.path, spec));
                const absent = row.bad === undefined || row.bad === null;
                assert.deepEqual(
                    judge(patch).map(({ policy }) => policy),
                    row.required === true && absent ? [] : [row.policy],
                    kind.kind,
                );
            }
        });

        it(`${title(one)}: in a list`, () => {
            for (const kind of kinds) {
                const items = [goodPod(), podWith(one, row.bad)].map((pod) => wrap(kind.path, pod));
                const found = judge(resource(`kubernetes:${kind.api}:${kind.kind}List`, { items }));
                assert.deepEqual(
                    found.map(({ policy }) => policy),
                    [row.policy],
                    kind.kind,
                );
                assert.ok(found[0]!.message.includes("items[1]"), found[0]!.message);
            }
        });
    }
});
