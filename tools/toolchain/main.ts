import { parseArgs } from "node:util";

import { buildTool } from "./build";
import { cacheFolder, locate } from "./paths";
import { progressOn } from "./progress";
import { selectTools, TOOLS } from "./tools";

const HELP = `Builds the programs that the engine, cluster, scanner and rule suites run, from pinned Go modules.

Usage: npm run toolchain [-- <binary|family>...] [--print] [--help]

  <binary|family>   what to build; default: everything
  --print           print each binary's name, a tab and its path without building
  --help            print this text

Binaries that exist are skipped. A cold build of everything takes 10 to 20 minutes on two cores
and 12 GB, mostly for Go's caches.
Binaries are stored below $ECOMMERCE_PLATFORM_CACHE, else $XDG_CACHE_HOME, else ~/.cache, in
ecommerce-platform/toolchain/, in a folder named by a hash of their build inputs.

Binaries:
${TOOLS.map((tool) => `  ${tool.binary.padEnd(24)} ${tool.family.padEnd(13)} ${tool.version}`).join("\n")}
`;

/** Exit status of an interrupted process, as in shells. */
const INTERRUPTED = 130;

interface Options {
    readonly names: readonly string[];
    readonly print: boolean;
    readonly help: boolean;
}

function parse(args: readonly string[]): Options {
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
    progress.success(`${tools.length} of ${tools.length} tools in ${cacheFolder(process.env)}`);
}

async function main(): Promise<number> {
    const abort = new AbortController();
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
        process.once(signal, () => {
            abort.abort();
        });
    }
    try {
        const options = parse(process.argv.slice(2));
        if (options.help) {
            process.stdout.write(HELP);
        } else if (options.print) {
            for (const tool of selectTools(options.names)) {
                process.stdout.write(`${tool.binary}\t${locate(tool, process.env)}\n`);
            }
        } else {
            await build(options.names, abort.signal);
        }
        return 0;
    } catch (error) {
        if (abort.signal.aborted) {
            process.stderr.write("\nInterrupted; partial files are removed, finished binaries are kept.\n");
            return INTERRUPTED;
        }
        process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
        return 1;
    }
}

void main().then((code) => {
    process.exitCode = code;
});
