import assert from "node:assert/strict";

import { changed } from "../config/stack-file";

/** A parsed `pulumi config set`. */
export interface ConfigSet {
    /** Dotted path without the project's prefix. */
    readonly path: string;
    readonly value: unknown;
}

/** Words of a command line, with support for double quotes. */
function words(line: string): string[] {
    return [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? "");
}

/** The type that the CLI infers for values set with `--path`. */
function inferred(value: string): unknown {
    if (value === "true" || value === "false") {
        return value === "true";
    }
    return /^-?(0|[1-9][0-9]*)$/.test(value) ? Number(value) : value;
}

/** The UID that a command substitution prints; other values unchanged. */
function outputOf(value: string): string {
    const uid = /^\$\(kubectl --context \S+ get namespace kube-system --output jsonpath=\{\.metadata\.uid\}\)$/;
    return uid.test(value) ? "7a1e4c52-0f6b-4d0e-9a53-2f1c6f3f8f11" : value;
}

function configSet(line: string): ConfigSet {
    const given = words(line).slice(3);
    const typed = given.indexOf("--type");
    const type = typed === -1 ? undefined : given.splice(typed, 2)[1];
    const byPath = given.includes("--path");
    const [path = "", value = "", file] = given.filter((word) => !word.startsWith("--"));
    // A redirected value is the file's content.
    const text = value === "<" ? `contents of ${file ?? "?"}` : outputOf(value);
    assert.ok(byPath || !/[.[]/.test(path), `${line}: a path needs --path`);
    return { path, value: byPath && type !== "string" ? inferred(text) : text };
}

/** The settings of a block's commands, in order. */
export function configSets(lines: readonly string[]): ConfigSet[] {
    return lines.filter((line) => line.startsWith("pulumi config set")).map(configSet);
}

/** A stack's configuration after the commands. */
export function settingsAfter(settings: Record<string, unknown>, sets: readonly ConfigSet[]): Record<string, unknown> {
    return sets.reduce((current, { path, value }) => {
        const [, list, index] = /^(.*)\[(\d+)\]$/.exec(path) ?? [];
        if (list === undefined) {
            return changed(current, { [path]: value });
        }
        assert.equal(index, "0", `${path}: only the first item of a list is supported`);
        return changed(current, { [list]: [value] });
    }, settings);
}

/** The stack that a block creates by `pulumi stack init`. */
export function stackOf(lines: readonly string[]): string | undefined {
    return lines.map((line) => /^pulumi stack init (\S+)/.exec(line)?.[1]).find((stack) => stack !== undefined);
}
