import assert from "node:assert/strict";

import { changed } from "../config/stack-file";

/** One `pulumi config set`, as the CLI would understand it. */
export interface ConfigSet {
    /** Dotted path below the project. */
    readonly path: string;
    readonly value: unknown;
}

/** Words of a command line; quotes hold words together. */
function words(line: string): string[] {
    return [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? "");
}

/** The CLI's guess at a type, which it makes for values set by path only. */
function guessed(value: string): unknown {
    if (value === "true" || value === "false") {
        return value === "true";
    }
    return /^-?(0|[1-9][0-9]*)$/.test(value) ? Number(value) : value;
}

function configSet(line: string): ConfigSet {
    const given = words(line).slice(3);
    const typed = given.indexOf("--type");
    const type = typed === -1 ? undefined : given.splice(typed, 2)[1];
    const byPath = given.includes("--path");
    const [path = "", value = "", file] = given.filter((word) => !word.startsWith("--"));
    // A value by redirection is whatever the file holds.
    const text = value === "<" ? `contents of ${file ?? "?"}` : value;
    assert.ok(byPath || !/[.[]/.test(path), `${line}: a path needs --path`);
    return { path, value: byPath && type !== "string" ? guessed(text) : text };
}

/** The settings that a block's commands make, in order. */
export function configSets(lines: readonly string[]): ConfigSet[] {
    return lines.filter((line) => line.startsWith("pulumi config set")).map(configSet);
}

/** A stack's settings after the commands. */
export function settingsAfter(settings: Record<string, unknown>, sets: readonly ConfigSet[]): Record<string, unknown> {
    return sets.reduce((current, { path, value }) => {
        const [, list, index] = /^(.*)\[(\d+)\]$/.exec(path) ?? [];
        if (list === undefined) {
            return changed(current, { [path]: value });
        }
        assert.equal(index, "0", `${path}: only the first item of a list is understood here`);
        return changed(current, { [list]: [value] });
    }, settings);
}

/** The stack that a block makes, by its `pulumi stack init`. */
export function stackOf(lines: readonly string[]): string | undefined {
    return lines.map((line) => /^pulumi stack init (\S+)/.exec(line)?.[1]).find((stack) => stack !== undefined);
}
