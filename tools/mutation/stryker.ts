/**
 * The parts of StrykerJS's interfaces that the tool uses. Its own types are behind an `exports` map, which the project's
 * `moduleResolution` does not read.
 */

/** How often each mutant was reached, by its id. */
export type Hits = Record<string, number>;

/** The object that the instrumented code reads and writes, `globalThis.__stryker__`. */
export interface Instrumentation {
    activeMutant?: string | undefined;
    currentTestId?: string | undefined;
    mutantCoverage?: { readonly static: Hits; readonly perTest: Record<string, Hits> } | undefined;
    hitCount?: number | undefined;
    hitLimit?: number | undefined;
}

/** `TestStatus` of Stryker's API. */
export const PASSED = 0;

export interface DryRunResult {
    readonly status: "complete" | "error";
    readonly tests?: readonly {
        readonly id: string;
        readonly name: string;
        readonly status: typeof PASSED;
        readonly timeSpentMs: number;
    }[];
    readonly mutantCoverage?: Instrumentation["mutantCoverage"];
    readonly errorMessage?: string;
}

export interface MutantRunOptions {
    readonly activeMutant: { readonly id: string };
    /** Ids of the tests that reach the mutant; all if absent. */
    readonly testFilter?: readonly string[];
    /** Number of times that a mutant can be reached before it is an endless loop. */
    readonly hitLimit?: number;
}

export type MutantRunResult =
    | {
          readonly status: "killed";
          readonly killedBy: readonly string[];
          readonly failureMessage: string;
          readonly nrOfTests: number;
      }
    | { readonly status: "survived"; readonly nrOfTests: number }
    | { readonly status: "timeout"; readonly reason: string };

/** A mutant in Stryker's JSON report; lines and columns count from 1. */
export interface ReportedMutant {
    readonly mutatorName: string;
    readonly replacement?: string;
    readonly status: string;
    readonly killedBy?: readonly string[];
    readonly location: { readonly start: Position; readonly end: Position };
}

export interface Position {
    readonly line: number;
    readonly column: number;
}

/** Stryker's JSON report. */
export interface Report {
    readonly files: Readonly<Record<string, { readonly source: string; readonly mutants: readonly ReportedMutant[] }>>;
}
