import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { cacheFolder } from "../../../tools/toolchain/paths";

/** Checkov with all that it needs, by version and hash. Changed with pip-compile --generate-hashes. */
const requirements = join(__dirname, "requirements.txt");

/** Folder of Checkov's Python environment, named after the content of `requirements.txt`. */
function folder(): string {
    const hash = createHash("sha256").update(readFileSync(requirements)).digest("hex").slice(0, 16);
    return join(cacheFolder(process.env), "..", "python", `checkov-${hash}`);
}

/** Written when everything is installed: an environment cannot be renamed, since its programs name its folder. */
const complete = (environment: string): string => join(environment, "complete");

/**
 * Path of Checkov.
 *
 * @throws Error with the command that installs it
 */
export function checkovPath(): string {
    if (!existsSync(complete(folder()))) {
        throw new Error("Checkov is not installed; run npx tsx tests/scanners/checkov/install.ts, which needs python3");
    }
    return join(folder(), "bin", "checkov");
}

function execute(command: string, args: readonly string[]): void {
    const { status, error, stderr } = spawnSync(command, [...args], { encoding: "utf8" });
    if (status !== 0) {
        throw new Error(`${command} ${args.join(" ")} failed: ${error?.message ?? stderr}`);
    }
}

/** Installs Checkov from the package index of Python unless it is there, and returns its folder. */
export function installCheckov(): string {
    const target = folder();
    if (!existsSync(complete(target))) {
        rmSync(target, { recursive: true, force: true });
        mkdirSync(dirname(target), { recursive: true });
        execute("python3", ["-m", "venv", target]);
        const flags = ["--quiet", "--disable-pip-version-check", "--no-input", "--require-hashes"];
        execute(join(target, "bin", "python"), ["-m", "pip", "install", ...flags, "--requirement", requirements]);
        writeFileSync(complete(target), "");
    }
    return target;
}
