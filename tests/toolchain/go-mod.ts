import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The parts of a `go.mod` that the tests use. */
export interface GoMod {
    readonly module: string;
    readonly go: string;
    readonly tools: readonly string[];
    /** Module to version. */
    readonly requires: ReadonlyMap<string, string>;
    /** Module to its replacement, as "module version". */
    readonly replaces: ReadonlyMap<string, string>;
}

/** Reads the `go.mod` of `tests/toolchain/<family>`. */
export function readGoMod(family: string): GoMod {
    const directives = directivesOf(readFileSync(join(__dirname, family, "go.mod"), "utf8"));
    const of = (verb: string): string[] => directives.flatMap(([name, rest]) => (name === verb ? [rest] : []));
    return {
        module: of("module").join(),
        go: of("go").join(),
        tools: of("tool"),
        requires: new Map(of("require").map((line) => pair(line, " "))),
        replaces: new Map(of("replace").map((line) => pair(line, " => "))),
    };
}

/** Every directive as verb and arguments, with blocks expanded and without comments. */
function directivesOf(text: string): [string, string][] {
    const found: [string, string][] = [];
    let block: string | undefined;
    for (const raw of text.split("\n")) {
        const line = raw.replace(/\/\/.*/, "").trim();
        if (line === ")") {
            block = undefined;
        } else if (line.endsWith("(")) {
            block = line.slice(0, -1).trim();
        } else if (line !== "") {
            found.push(block === undefined ? pair(line, " ") : [block, line]);
        }
    }
    return found;
}

function pair(line: string, separator: string): [string, string] {
    const at = line.indexOf(separator);
    return [line.slice(0, at).trim(), line.slice(at + separator.length).trim()];
}
