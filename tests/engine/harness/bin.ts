import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { toolPath, type Environment } from "../../../tools/toolchain/paths";

const PROVIDERS = ["kubernetes", "gcp", "aws", "random"] as const;

/** Script that starts the policy pack as the engine's Node language host does, and exits with the engine. */
function analyzer(preload: string): string {
    const start = require.resolve("@pulumi/pulumi/cmd/run-policy-pack");
    return `#!/bin/sh\nexec "${process.execPath}" --require "${preload}" "${start}" "$@"\n`;
}

const STOP_WITH_PARENT = `"use strict";
const parent = process.ppid;
setInterval(() => {
    if (process.ppid !== parent) process.exit(1);
}, 1000).unref();
`;

function executable(path: string, text: string): void {
    writeFileSync(path, text);
    chmodSync(path, 0o755);
}

/**
 * Fills a folder with the executables that the engine looks up on the PATH: the CLI, the provider stand-ins and the runner
 * of policy packs. Each stand-in is bundled into one file, because loading its 200 modules through tsx takes longer than
 * its work.
 *
 * @throws Error with the build command when the CLI is not built.
 */
export async function fillBin(folder: string, env: Environment = process.env): Promise<void> {
    mkdirSync(folder, { recursive: true });
    symlinkSync(toolPath("pulumi", env), join(folder, "pulumi"));
    const preload = join(folder, "stop-with-parent.cjs");
    writeFileSync(preload, STOP_WITH_PARENT);
    executable(join(folder, "pulumi-analyzer-policy-nodejs"), analyzer(preload));
    await Promise.all(
        PROVIDERS.map(async (provider) => {
            const bundle = await build({
                entryPoints: [join(__dirname, "..", "providers", provider, "main.ts")],
                bundle: true,
                platform: "node",
                format: "cjs",
                target: `node${process.versions.node}`,
                write: false,
                logLevel: "silent",
            });
            const [output] = bundle.outputFiles;
            executable(join(folder, `pulumi-resource-${provider}`), `#!${process.execPath}\n${output?.text ?? ""}`);
        }),
    );
}
