import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** File beside a binary that names its recipe without Go, so that it is found on a machine from which Go was removed. */
const FILE = ".recipe";

/** Notes the recipe of a built binary, also of one that an earlier version of this tool built. */
export function noteRecipe(binary: string, recipe: string): void {
    const file = join(dirname(binary), FILE);
    if (!existsSync(file)) {
        writeFileSync(file, recipe);
    }
}

/** A complete binary of a recipe, whatever the version of Go that built it; undefined if there is none. */
export function findBuilt(cache: string, family: string, binary: string, recipe: string): string | undefined {
    const folders = existsSync(cache) ? readdirSync(cache).filter((name) => name.startsWith(`${family}-`)) : [];
    return folders
        .sort()
        .map((folder) => join(cache, folder))
        .filter((folder) => existsSync(join(folder, FILE)) && readFileSync(join(folder, FILE), "utf8") === recipe)
        .map((folder) => join(folder, binary))
        .find((path) => existsSync(path));
}
