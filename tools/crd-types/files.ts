import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { generatedMark, type TypeFile } from "./generate";

/** Writes the files below `folder` and removes generated ones of kinds that are no longer in the table. */
export function writeTypes(files: readonly TypeFile[], folder: string): void {
    for (const path of superfluous(files, folder)) {
        // Only generated files are deleted; the check reports all others.
        if (readFileSync(join(folder, path), "utf8").startsWith(generatedMark)) {
            rmSync(join(folder, path));
        }
    }
    for (const { path, text } of files) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), text);
    }
}

/** One message for each file below `folder` that is missing, differs, or is of a kind that is not in the table. */
export function differences(files: readonly TypeFile[], folder: string): string[] {
    const changed = files.flatMap(({ path, text }) => {
        const file = join(folder, path);
        if (!existsSync(file)) {
            return [`${path} is missing`];
        }
        return readFileSync(file, "utf8") === text ? [] : [`${path} differs from the pinned definition`];
    });
    return [...changed, ...superfluous(files, folder).map((path) => `${path} is of a kind that is not in the table`)];
}

/** Files `<group>/<name>.ts` of kinds that are not in the table. Symbolic links are not followed: their targets may be outside. */
function superfluous(files: readonly TypeFile[], folder: string): string[] {
    const wanted = new Set(files.map(({ path }) => path));
    const groups = existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : [];
    return groups
        .filter((group) => group.isDirectory())
        .flatMap((group) =>
            readdirSync(join(folder, group.name), { withFileTypes: true })
                .filter((file) => file.isFile() && file.name.endsWith(".ts"))
                .map((file) => join(group.name, file.name)),
        )
        .filter((path) => !wanted.has(path))
        .sort();
}
