import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";

import { runGo, type GoRun } from "./go";
import { withLock } from "./lock";
import { buildFlags, type Environment, goEnvironment, locate, moduleFolder, sourceOf } from "./paths";
import { duration, type Progress } from "./progress";
import { noteRecipe } from "./recipe-file";
import type { Tool } from "./tools";

/** Environment, output and cancellation of a build. */
export interface BuildContext {
    readonly env: Environment;
    readonly progress: Progress;
    /** Aborts the build and removes its partial files. */
    readonly signal?: AbortSignal;
}

/**
 * Builds `tool` into the cache unless it exists, and returns its path.
 *
 * @throws Error when `go` is missing or the build fails, with the end of its output and the next step.
 */
export async function buildTool(tool: Tool, context: BuildContext): Promise<string> {
    const path = locate(tool, context.env);
    const label = `${tool.binary} ${tool.version}`;
    if (existsSync(path)) {
        context.progress.line(`${label} is already built`);
        noteRecipe(path, sourceOf(tool));
        return path;
    }
    mkdirSync(dirname(path), { recursive: true });
    const options = {
        onWait: () => {
            context.progress.line(`${label}: another run is building it, waiting`);
        },
        ...(context.signal === undefined ? {} : { signal: context.signal }),
    };
    await withLock(join(dirname(path), `.${tool.binary}.lock`), options, async () => {
        // Another run may have built it while this one waited for the lock.
        if (!existsSync(path)) {
            await buildInto(path, tool, context);
            noteRecipe(path, sourceOf(tool));
        }
    });
    return path;
}

async function buildInto(path: string, tool: Tool, context: BuildContext): Promise<void> {
    const prefix = `.${tool.binary}.partial-`;
    removePartials(dirname(path), prefix);
    const partial = join(dirname(path), `${prefix}${process.pid}`);
    const label = `${tool.binary} ${tool.version}`;
    context.progress.line(`${label}: building, which takes minutes without Go's cache`);
    try {
        const run = await runGo({
            args: ["build", "-v", ...buildFlags(tool), "-ldflags", tool.ldflags.join(" "), "-o", partial, tool.package],
            cwd: moduleFolder(tool),
            env: goEnvironment(context.env),
            onStatus: ({ downloaded, compiled, ms }) => {
                const fetched = downloaded > 0 ? `${downloaded} modules fetched, ` : "";
                context.progress.status(`${label}: ${fetched}${compiled} packages compiled, ${duration(ms)}`);
            },
            ...(context.signal === undefined ? {} : { signal: context.signal }),
        });
        if (run.code !== 0) {
            throw new Error(failure(tool, run));
        }
        // A rename is atomic within a folder, so a path that exists is a complete binary.
        renameSync(partial, path);
        context.progress.success(`${label} built in ${duration(run.ms)}`);
    } finally {
        rmSync(partial, { force: true });
    }
}

/** Removes partial files of killed builds. The caller holds the lock, so no other build writes to them. */
function removePartials(folder: string, prefix: string): void {
    for (const name of readdirSync(folder)) {
        if (name.startsWith(prefix)) {
            rmSync(join(folder, name), { force: true });
        }
    }
}

function failure(tool: Tool, run: GoRun): string {
    const end = run.tail.map((line) => `    ${line}`).join("\n");
    return [
        `${tool.binary} ${tool.version} was not built: \`go build ${tool.package}\` exited with ${run.code} after ${duration(run.ms)}.`,
        end === "" ? "It wrote no output." : `End of its output:\n${end}`,
        `${nextStep(tool, run.tail.join("\n"))}, then run: npm run toolchain -- ${tool.binary}`,
    ].join("\n");
}

function nextStep(tool: Tool, output: string): string {
    if (/no space left on device/i.test(output)) {
        return "Free disk space: a cold build of everything needs 12 GB, mostly for Go's caches";
    }
    if (/dial tcp|no such host|timeout|TLS handshake|\b(?:403|404|410|50\d) /i.test(output)) {
        return "Go could not fetch a module: check the network and `go env GOPROXY`";
    }
    return `Fix tests/toolchain/${basename(moduleFolder(tool))}/go.mod or the row in tools/toolchain/tools.ts`;
}
