import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { root } from "./project";

export function page(path: string): string {
    return readFileSync(join(root, path), "utf8");
}

/** Text of a section, up to the next heading of its level or above. */
export function section(text: string, heading: string): string {
    const level = /^#+/.exec(heading)?.[0].length ?? 0;
    const start = text.indexOf(`\n${heading}\n`);
    assert.notEqual(start, -1, `no section ${heading}`);
    const rest = text.slice(start + heading.length + 2);
    const end = rest.search(new RegExp(`^#{1,${level}} `, "m"));
    return end === -1 ? rest : rest.slice(0, end);
}

/** Cells of the rows of the first table in a text, without its header. */
export function rows(text: string): string[][] {
    const lines = text.split("\n");
    const start = lines.findIndex((line) => line.startsWith("| --"));
    assert.notEqual(start, -1, "no table");
    const end = lines.findIndex((line, index) => index > start && !line.startsWith("|"));
    return lines.slice(start + 1, end === -1 ? undefined : end).map((line) =>
        line
            .split("|")
            .slice(1, -1)
            .map((cell) => cell.trim()),
    );
}

/** Texts in backticks, outside of blocks. */
export function codes(text: string): string[] {
    return [...text.replace(/^```[\s\S]*?^```$/gm, "").matchAll(/`([^`\n]+)`/g)].map(([, code = ""]) => code);
}

/** The configuration's keys, from the generated reference. */
export function configKeys(): ReadonlySet<string> {
    return new Set([...page("docs/config.md").matchAll(/^\| `([^`]+)`/gm)].map(([, key = ""]) => key));
}

/** Texts in backticks that look like keys of the configuration and are none. */
export function unknownKeys(text: string): string[] {
    const known = configKeys();
    const sections = new Set([...known].map((key) => key.split(".")[0]));
    const candidates = codes(text).filter((code) => /^[a-z][A-Za-z]*(\.[A-Za-z<>]+)+$/.test(code));
    return candidates.filter((code) => sections.has(code.split(".")[0]) && !isKnown(code, known));
}

function isKnown(code: string, known: ReadonlySet<string>): boolean {
    const words = code.split(".");
    return [...known].some((key) => {
        const parts = key.split(".");
        // `services.<service>.image` is `services.<entry>.image` in the reference, and `nodePools.<pool>.min` is that of every pool.
        return (
            parts.length === words.length &&
            parts.every(
                (part, index) => [part, words[index] ?? ""].some((one) => one.startsWith("<")) || part === words[index],
            )
        );
    });
}
