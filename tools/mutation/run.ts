import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { specsOf, type Target } from "./folders";
import type { Report } from "./stryker";

/** Folder for Stryker's copies and reports, from the project's root; git ignores it. */
const WORK = "out/mutation";

/** Worker processes are replaced after this number of mutants, so that what mutants leave behind stays bounded. */
const REUSE = 100;

/** A mutant's tests may take this many times as long as without a mutant, plus {@link TIMEOUT_MS}. */
const TIMEOUT_FACTOR = 3;
const TIMEOUT_MS = 30_000;

/** What a run needs besides its target. */
export interface RunOptions {
    readonly root: string;
    /** Worker processes, each of which needs a core and up to 1 GB. */
    readonly concurrency: number;
    readonly coloured: boolean;
}

/** The configuration of Stryker for a target. */
export function configurationOf({ folder, sources }: Target, { root, concurrency, coloured }: RunOptions) {
    return {
        testRunner: "specs",
        plugins: [join(__dirname, "plugin.cjs")],
        mutate: sources,
        specs: specsOf(folder, root),
        coverageAnalysis: "perTest",
        concurrency,
        maxTestRunnerReuse: REUSE,
        timeoutFactor: TIMEOUT_FACTOR,
        timeoutMS: TIMEOUT_MS,
        dryRunTimeoutMinutes: 30,
        tempDirName: `${WORK}/copies`,
        ignorePatterns: ["out"],
        reporters: ["json", "progress-append-only"],
        jsonReporter: { fileName: reportPath(folder.name) },
        allowConsoleColors: coloured,
    };
}

function reportPath(folder: string): string {
    return `${WORK}/${folder.replaceAll("/", "-")}.json`;
}

/**
 * Runs Stryker on a target; its progress goes to stderr. Throws if it ends without a report: its output then says why,
 * such as a spec that fails without a mutant.
 */
export async function runStryker(target: Target, options: RunOptions): Promise<Report> {
    const { root } = options;
    mkdirSync(join(root, WORK), { recursive: true });
    const configuration = join(root, WORK, "stryker.json");
    writeFileSync(configuration, JSON.stringify(configurationOf(target, options), null, 2));
    const program = join(root, "node_modules/@stryker-mutator/core/bin/stryker.js");
    const status = await new Promise<number | NodeJS.Signals | null>((done, fail) => {
        // Its log has colours of its own, which its configuration does not switch off.
        const env = { ...process.env, ...(options.coloured ? {} : { FORCE_COLOR: "0" }) };
        spawn(process.execPath, [program, "run", configuration], { cwd: root, env, stdio: ["ignore", 2, 2] })
            .on("error", fail)
            .on("exit", (code, signal) => {
                done(code ?? signal);
            });
    });
    if (status !== 0) {
        throw new Error(`Stryker ended with ${status ?? "no status"} for ${target.folder.name}; see its output above`);
    }
    return JSON.parse(readFileSync(join(root, reportPath(target.folder.name)), "utf8")) as Report;
}
