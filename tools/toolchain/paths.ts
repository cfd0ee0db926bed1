import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";

import { findBuilt } from "./recipe-file";
import { TOOLS, type Tool } from "./tools";

export type Environment = Readonly<Record<string, string | undefined>>;

/** Build inputs of a binary; a change to any of them changes the folder, so that no stale binary is used. */
export interface Recipe {
    readonly goMod: string;
    readonly goSum: string;
    readonly package: string;
    readonly flags: readonly string[];
    readonly ldflags: readonly string[];
    /** Version, operating system and architecture from `go env`. */
    readonly go: string;
}

/** Flags of every build: output independent of the checkout's path, and a read-only `go.mod`. */
export const BUILD_FLAGS: readonly string[] = ["-trimpath", "-buildvcs=false", "-mod=readonly"];

/** Flags that build a tool. */
export function buildFlags({ tags }: Pick<Tool, "tags">): readonly string[] {
    return tags === undefined ? BUILD_FLAGS : [...BUILD_FLAGS, `-tags=${tags}`];
}

const MODULES = resolve(__dirname, "../../tests/toolchain");

/**
 * Path of the built binary `name`.
 *
 * @throws Error when it is not built yet, or `go` is missing, with the command to run.
 */
export function toolPath(name: string, env: Environment = process.env): string {
    const tool = TOOLS.find((candidate) => candidate.binary === name);
    if (tool === undefined) {
        throw new Error(`No tool "${name}" in tools/toolchain/tools.ts.`);
    }
    const path = locate(tool, env);
    if (!existsSync(path)) {
        throw new Error(`${name} ${tool.version} is not built yet. Run: npm run toolchain -- ${name}`);
    }
    return path;
}

/**
 * Path of the binary of `tool`, built or not; without a working `go`, that of a binary that was built from the same source.
 *
 * @throws Error when `go` is missing and the binary is not built.
 */
export function locate(tool: Tool, env: Environment): string {
    try {
        return plannedPath(tool, env);
    } catch (error) {
        const built = findBuilt(cacheFolder(env), tool.family, tool.binary, sourceOf(tool));
        if (built === undefined) {
            throw error;
        }
        return built;
    }
}

/** Path of the binary of `tool` that this version of Go builds. */
export function plannedPath(tool: Tool, env: Environment): string {
    const hash = recipeHash({ ...withoutGo(tool), go: goVersion(tool, env) });
    return join(cacheFolder(env), `${tool.family}-${hash}`, tool.binary);
}

/** Identifies the recipe of `tool` on this machine without the version of Go. */
export function sourceOf(tool: Tool): string {
    return recipeHash({ ...withoutGo(tool), go: `${process.platform} ${process.arch}` });
}

function withoutGo(tool: Tool): Omit<Recipe, "go"> {
    return {
        goMod: readFileSync(join(moduleFolder(tool), "go.mod"), "utf8"),
        goSum: readFileSync(join(moduleFolder(tool), "go.sum"), "utf8"),
        package: tool.package,
        flags: buildFlags(tool),
        ldflags: tool.ldflags,
    };
}

/** Folder of the Go module that pins `tool`. */
export function moduleFolder(tool: Tool): string {
    return join(MODULES, tool.family);
}

/** Outside the checkout, so that all clones and work trees share it. */
export function cacheFolder(env: Environment): string {
    const chosen = [env["ECOMMERCE_PLATFORM_CACHE"], env["XDG_CACHE_HOME"]].find(
        (path) => path !== undefined && path !== "",
    );
    return resolve(chosen ?? join(homedir(), ".cache"), "ecommerce-platform", "toolchain");
}

/** Sixteen hex digits that identify a recipe. */
export function recipeHash({ goMod, goSum, package: pkg, flags, ldflags, go }: Recipe): string {
    // As JSON, so that text moved from one field to another changes the hash.
    const text = JSON.stringify([goMod, goSum, pkg, flags, ldflags, go]);
    return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

/** Environment of every `go` call: without C compiler and without the user's workspace file. */
export function goEnvironment(env: Environment): NodeJS.ProcessEnv {
    return { ...env, CGO_ENABLED: "0", GOWORK: "off" };
}

function goVersion(tool: Tool, env: Environment): string {
    // In the module's folder, because its go.mod may select another Go toolchain.
    const cwd = moduleFolder(tool);
    try {
        const args = ["env", "GOVERSION", "GOOS", "GOARCH"];
        const output = execFileSync("go", args, { cwd, env: goEnvironment(env), encoding: "utf8", stdio: "pipe" });
        return output.trim().split(/\s+/).join(" ");
    } catch (error) {
        throw new Error(goErrorMessage(tool, error), { cause: error });
    }
}

function goErrorMessage(tool: Tool, error: unknown): string {
    const retry = `npm run toolchain -- ${tool.binary}`;
    if (error instanceof Error && "code" in error && error.code === "ENOENT") {
        const needed = /^go (\d+\.\d+)/m.exec(readFileSync(join(moduleFolder(tool), "go.mod"), "utf8"))?.[1] ?? "1.26";
        return `${tool.binary} needs \`go\`, which is not on the PATH. Install Go ${needed} or later, then run: ${retry}`;
    }
    const output = error instanceof Error && "stderr" in error ? String(error.stderr).trim() : String(error);
    return `${tool.binary} needs \`go\`, which failed: ${output}\nFix that, then run: ${retry}`;
}
