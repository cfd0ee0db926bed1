import { parseArgs } from "node:util";

import { buildTool } from "./build";
import { cacheFolder, plannedPath } from "./paths";
import { progressOn } from "./progress";
import { selectTools, TOOLS } from "./tools";

const HELP = `Builds the real programs that the engine, cluster and rule suites run, from pinned Go modules.

Usage: npm run toolchain [-- <binary|family>...] [--print] [--help]

  <binary|family>   what to build; everything when none is named
  --print           build nothing, write each binary's name, a tab and its path
  --help            this text

What is there already is skipped. A cold build of everything takes 10 to 20 minutes on two cores
and 12 GB, nearly all of it in Go's own caches.
Binaries go to $ECOMMERCE_PLATFORM_CACHE, else $XDG_CACHE_HOME, else ~/.cache, there under
ecommerce-platform/toolchain/, in a folder named after everything that decides their bytes.

Binaries:
${TOOLS.map((tool) => `  ${tool.binary.padEnd(24)} ${tool.family.padEnd(13)} ${tool.version}`).join("\n")}
`;

/** Status of a process that SIGINT ended, as shells report it. */
const INTERRUPTED = 130;

interface Wish {
    readonly names: readonly string[];
    readonly print: boolean;
    readonly help: boolean;
}

function parse(args: readonly string[]): Wish {
    const { values, positionals } = parseArgs({
        args: [...args],
        allowPositionals: true,
        options: { print: { type: "boolean", default: false }, help: { type: "boolean", short: "h", default: false } },
    });
    return { names: positionals, print: values.print, help: values.help };
}

async function build(names: readonly string[], signal: AbortSignal): Promise<void> {
    const tools = selectTools(names);
    const progress = progressOn(process.stderr, process.env);
    for (const tool of tools) {
        await buildTool(tool, { env: process.env, progress, signal });
    }
    progress.success(`${tools.length} of ${tools.length} ready in ${cacheFolder(process.env)}`);
}

async function main(): Promise<number> {
    const abort = new AbortController();
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
        process.once(signal, () => {
            abort.abort();
        });
    }
    try {
        const wish = parse(process.argv.slice(2));
        if (wish.help) {
            process.stdout.write(HELP);
        } else if (wish.print) {
            for (const tool of selectTools(wish.names)) {
                process.stdout.write(`${tool.binary}\t${plannedPath(tool, process.env)}\n`);
            }
        } else {
            await build(wish.names, abort.signal);
        }
        return 0;
    } catch (error) {
        if (abort.signal.aborted) {
            process.stderr.write("\nStopped; what was half built is gone, what was built stays.\n");
            return INTERRUPTED;
        }
        process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
        return 1;
    }
}

void main().then((code) => {
    process.exitCode = code;
});
