import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { projectRoot } from "../../../tools/plan";

/** Runs what `npm run plan` runs, without npm's and tsx's own processes before it. */
export function plan(...args: string[]) {
    const { status, stdout, stderr } = spawnSync(
        process.execPath,
        ["--require", "tsx/cjs", join(projectRoot, "tools", "plan", "main.ts"), ...args],
        {
            cwd: projectRoot,
            encoding: "utf8",
            maxBuffer: 2 ** 26,
            env: { ...process.env, NO_COLOR: "1", NODE_OPTIONS: "" },
        },
    );
    return { code: status, stdout, stderr };
}

/** Every file below a folder with its text. */
export function tree(folder: string): Map<string, string> {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const paths = files.map((entry) => join(entry.parentPath, entry.name)).sort();
    return new Map(paths.map((path) => [path.slice(folder.length + 1), readFileSync(path, "utf8")]));
}

/** A project of the real program in another folder, with the stack files of the given stacks to make mistakes in. */
export function copyProject(folder: string, ...stacks: string[]): void {
    mkdirSync(folder);
    for (const file of ["Pulumi.yaml", "package.json", ...stacks.map((stack) => `Pulumi.${stack}.yaml`)]) {
        cpSync(join(projectRoot, file), join(folder, file));
    }
    const main = `module.exports = require(${JSON.stringify(join(projectRoot, "index.ts"))});\n`;
    writeFileSync(join(folder, "index.ts"), main);
}
