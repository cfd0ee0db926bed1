import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** Contents of every file below a folder, by path. */
export function filesBelow(folder: string): Map<string, string> {
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const paths = entries.map((entry) => join(entry.parentPath, entry.name));
    return new Map(paths.map((path) => [path, readFileSync(path, "utf8")]));
}
