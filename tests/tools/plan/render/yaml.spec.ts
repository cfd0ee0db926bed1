import assert from "node:assert/strict";

import { parse } from "yaml";

import type { JsonObject } from "../../../../tools/plan";
import { toYaml } from "../../../../tools/plan/render/yaml";

/** Values that some reader of YAML takes for something else when they are written plain. */
const texts = [
    ...[
        "",
        " ",
        " led",
        "trailed ",
        "a b",
        "a: b",
        "a:b",
        "a:",
        ":a",
        "a #b",
        "#a",
        "a#b",
        "-",
        "- a",
        "?",
        "? a",
        "!a",
    ],
    ...["&a", "*a", "%a", "@a", "`a", "|", ">", "'a'", '"a"', "{a", "[a", "a,b", "a]", "<<", "=", "~", "\\", "a\\nb"],
    ...["y", "N", "yes", "No", "on", "OFF", "true", "False", "null", "Null", ".inf", "-.Inf", ".NaN"],
    ...["1", "-1", "1.5", ".5", "1e3", "0x1f", "0o17", "017", "1_000", "12:30:45", "2020-01-01", "100m", "1Gi"],
    ...["--- a", "...", "\t", "a\tb", "\u0000", "\u0007", "\u007f", "\u0085", "\u2028", "\ufeffa", "é", "日本", "🛒"],
    ...["a\nb", "a\nb\n", "a\n\n\nb\n\n", "\na", "  a\nb", "a\n  b\n c\n", "a \nb\t\n", "\n", "\n\n", "a\r\nb\r\n"],
    ...["a\n#b\n", "a\n---\nb", "\ta\nb", "a\u2028b\nc", "registry.example.com/a/b:1.2@sha256:ff", "http://x/y?a=b"],
];

describe("YAML writer", () => {
    it("writes what a person would", () => {
        const value: JsonObject = {
            apiVersion: "v1",
            n: 1.5,
            on: "on",
            count: "1",
            flag: true,
            nothing: null,
            empty: {},
            none: [],
            list: [1, "a", [2, [3]], {}, [], { a: 1, b: [{ c: "d", e: { f: "g" } }] }],
            script: "set -e\n\necho done\n",
            lines: ["one\ntwo"],
        };
        assert.equal(
            toYaml(value),
            `apiVersion: v1
"n": 1.5
"on": "on"
count: "1"
flag: true
nothing: null
empty: {}
none: []
list:
  - 1
  - a
  -
    - 2
    -
      - 3
  - {}
  - []
  - a: 1
    b:
      - c: d
        e:
          f: g
script: |
  set -e

  echo done
lines:
  - |-
    one
    two
`,
        );
    });

    for (const version of ["1.1", "1.2"] as const) {
        it(`is read back as the same value by YAML ${version}, ${texts.length} awkward texts as value, key and item`, () => {
            for (const text of texts) {
                const value: JsonObject = { value: text, list: [text, { deep: [text] }], map: { [text]: text } };
                assert.deepEqual(parse(toYaml(value), { version }), value, JSON.stringify(text));
            }
        });
    }

    it("is read back as the same value for numbers", () => {
        const value: JsonObject = { list: [0, -1, 1.5, 2 ** 40, -0.25, 1e21, 1e-7] };
        assert.deepEqual(parse(toYaml(value)), value);
    });
});
