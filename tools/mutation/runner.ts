/**
 * Stryker's plugin that runs the specs; Stryker loads it in each worker process, whose folder is the instrumented copy of
 * the project. A test, to Stryker, is a whole spec file: tests share plans that the first of them computes, so only the
 * file as a whole tells what it reaches. Every run loads the project's modules again, because a mutant can change what a
 * module computes while it is loaded; libraries stay in memory.
 */
import Mocha from "mocha";
import { resolve, sep } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import {
    type DryRunResult,
    type Instrumentation,
    type MutantRunOptions,
    type MutantRunResult,
    PASSED,
} from "./stryker";

/** The tool's own option in Stryker's configuration: the spec files, in the order in which they run. */
interface Options {
    readonly specs: readonly string[];
}

/** As in `.mocharc.json`, in milliseconds. */
const TEST_TIMEOUT = 60_000;

/** Time in which what an aborted test has started ends, in milliseconds. */
const SETTLE = 50;

/** Runs spec files in this process. */
export class SpecRunner {
    /** Names of the arguments that Stryker injects. */
    public static readonly inject = ["options"] as const;

    private readonly specs: readonly string[];

    constructor({ specs }: Options) {
        this.specs = specs;
        // An error of an aborted test that comes between two runs must not end the process. Mocha adds its own listener.
        process.on("uncaughtException", () => undefined);
    }

    public capabilities(): { readonly reloadEnvironment: boolean } {
        return { reloadEnvironment: true };
    }

    /** Runs each spec file with modules of its own, and tells which mutants it reaches. */
    public async dryRun(): Promise<DryRunResult> {
        const state = instrumentation();
        state.activeMutant = undefined;
        state.mutantCoverage = { static: {}, perTest: {} };
        const tests = [];
        for (const spec of this.specs) {
            state.currentTestId = spec;
            forgetModules(process.cwd());
            const start = Date.now();
            const failure = await runSpec(spec);
            if (failure !== undefined) {
                return { status: "error", errorMessage: `${spec} fails without a mutant: ${failure}` };
            }
            tests.push({ id: spec, name: spec, status: PASSED, timeSpentMs: Date.now() - start } as const);
        }
        state.currentTestId = undefined;
        return { status: "complete", tests, mutantCoverage: state.mutantCoverage };
    }

    /** Runs the spec files that reach the mutant until one fails. */
    public async mutantRun({ activeMutant, testFilter, hitLimit }: MutantRunOptions): Promise<MutantRunResult> {
        const state = instrumentation();
        state.activeMutant = activeMutant.id;
        state.hitLimit = hitLimit;
        state.hitCount = hitLimit === undefined ? undefined : 0;
        // The programs that a spec starts have the same mutant.
        process.env["__STRYKER_ACTIVE_MUTANT__"] = activeMutant.id;
        forgetModules(process.cwd());
        let nrOfTests = 0;
        for (const spec of this.specs.filter((one) => testFilter?.includes(one) ?? true)) {
            nrOfTests += 1;
            const failure = await runSpec(spec);
            if (failure !== undefined) {
                await sleep(SETTLE);
            }
            if (hitLimit !== undefined && (state.hitCount ?? 0) > hitLimit) {
                return { status: "timeout", reason: `reached more than ${hitLimit} times` };
            }
            if (failure !== undefined) {
                return { status: "killed", killedBy: [spec], failureMessage: failure, nrOfTests };
            }
        }
        return { status: "survived", nrOfTests };
    }
}

function instrumentation(): Instrumentation {
    const scope = globalThis as { __stryker__?: Instrumentation };
    return (scope.__stryker__ ??= {});
}

/** Unloads the modules below a folder; the linked `node_modules` has its real path elsewhere. */
function forgetModules(folder: string): void {
    const inside = (path: string): boolean => path.startsWith(folder + sep);
    for (const [path, loaded] of Object.entries(require.cache)) {
        if (inside(path)) {
            Reflect.deleteProperty(require.cache, path);
        } else if (loaded !== undefined) {
            // A library's list of what it loaded would keep every copy in memory.
            loaded.children = loaded.children.filter(({ filename }) => !inside(filename));
        }
    }
}

/** Runs a spec file up to its first failure, whose message it returns. */
async function runSpec(spec: string): Promise<string | undefined> {
    // The base reporter prints nothing.
    const mocha = new Mocha({ bail: true, timeout: TEST_TIMEOUT, reporter: Mocha.reporters.Base });
    mocha.addFile(resolve(spec));
    // Mocha's command does the same: a rejection without a handler fails the test that runs.
    const rethrow = (reason: unknown): never => {
        throw reason;
    };
    try {
        process.on("unhandledRejection", rethrow);
        return await new Promise((done) => {
            let failure: string | undefined;
            const runner = mocha.run(() => {
                // A runner that has ended throws the next one's uncaught errors out of the process.
                runner.dispose();
                done(failure);
            });
            runner.on("fail", (test, error: unknown) => {
                failure ??= `${test.fullTitle()}: ${messageOf(error)}`;
            });
        });
    } catch (error) {
        return messageOf(error);
    } finally {
        process.off("unhandledRejection", rethrow);
    }
}

function messageOf(error: unknown): string {
    return error instanceof Error ? error.message : String(error);
}

/** What Stryker reads from a plugin's module. */
export const strykerPlugins = [{ kind: "TestRunner", name: "specs", injectableClass: SpecRunner }];
