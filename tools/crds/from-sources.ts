import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { sha256, type Lock } from "./lock";

type Project = Lock["projects"][number];

/**
 * Creates a lock from a folder of CRDs in which each project has a SOURCE file: repository, commit, path of every file.
 * URLs contain the commit instead of the tag, so that their content cannot change.
 *
 * @throws Error when a file differs from its repository, or SOURCE lacks a field or lists no file.
 */
export function lockFromSources(folder: string): Lock {
    const projects = readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => name)
        .sort();
    return { projects: projects.map((project) => lockProject(folder, project)) };
}

function lockProject(folder: string, project: string): Project {
    const source = readFileSync(join(folder, project, "SOURCE"), "utf8");
    const field = (name: string): string => {
        const found = new RegExp(`^${name}: (.+)$`, "m").exec(source)?.[1];
        if (found === undefined) {
            throw new Error(`${project}/SOURCE has no "${name}"`);
        }
        return found.trim();
    };
    const repository = field("repository").replace("https://github.com/", "");
    const raw = `https://raw.githubusercontent.com/${repository}/${field("commit")}`;
    const lines = [...source.matchAll(/^ {2}(\S+) <- (\S+) \(([^,]+), (\d+)\)$/gm)];
    if (lines.length === 0) {
        throw new Error(`${project}/SOURCE lists no file`);
    }
    const files = lines.map(([line, file = "", path = "", change = "", count = ""]) => {
        if (change !== "unmodified") {
            throw new Error(`${project}/SOURCE: only unmodified files can be locked: ${line.trim()}`);
        }
        const content = readFileSync(join(folder, project, file));
        return { file, url: `${raw}/${path}`, sha256: sha256(content), count: Number(count) };
    });
    return { project, version: field("ref"), licence: field("licence"), files };
}
