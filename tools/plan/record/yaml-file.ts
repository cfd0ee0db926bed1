import { readFileSync } from "node:fs";
import { basename } from "node:path";

import { LineCounter, parseDocument, type Document } from "yaml";

import { Fault } from "../fault";

/**
 * Reads a YAML file of the project.
 *
 * @throws Fault with file, line and column of the first mistake: invalid syntax or a duplicate key.
 */
export function readYaml(path: string): Document {
    const lines = new LineCounter();
    const document = parseDocument(readFileSync(path, "utf8"), {
        lineCounter: lines,
        prettyErrors: false,
        uniqueKeys: true,
    });
    const [error] = document.errors;
    if (error !== undefined) {
        const { line, col } = lines.linePos(error.pos[0]);
        throw new Fault(`${basename(path)}:${line}:${col}: ${sentence(error.message)}`);
    }
    return document;
}

function sentence(message: string): string {
    return /[.!?]$/.test(message) ? message : `${message}.`;
}
