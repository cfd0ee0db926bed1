import type { Report } from "./stryker";

/** Score that every folder should reach, in percent. */
export const GOAL = 85;

/** Result of one folder in `docs/mutation.json`. */
export interface FolderResult {
    readonly folder: string;
    /** Day of the measurement, YYYY-MM-DD. */
    readonly date: string;
    /** Abbreviated commit; "changed" follows if the code or its specs differed from it. */
    readonly commit: string;
    readonly killed: number;
    /** Mutants that ended no test within the time limit: noticed. */
    readonly timeouts: number;
    readonly survived: number;
    /** Mutants that no spec reaches: not noticed. */
    readonly noCoverage: number;
    /** Mutants that could not run; not part of the score. */
    readonly errors: number;
    /** Noticed mutants of those that ran, in percent, with one decimal. */
    readonly score: number;
    /** Hand-written: what the survivors are. A new measurement keeps it. */
    readonly note?: string;
}

/** A mutant that no spec noticed. */
export interface Survivor {
    readonly file: string;
    readonly line: number;
    readonly mutator: string;
    readonly reached: boolean;
    /** Source text before and after, on one line. */
    readonly original: string;
    readonly mutated: string;
}

export type Counts = Pick<FolderResult, "killed" | "timeouts" | "survived" | "noCoverage" | "errors">;

/** The counts of a report by status. */
export function countsOf(report: Report): Counts {
    const statuses = Object.values(report.files).flatMap(({ mutants }) => mutants.map(({ status }) => status));
    const count = (...names: readonly string[]): number => statuses.filter((status) => names.includes(status)).length;
    return {
        killed: count("Killed"),
        timeouts: count("Timeout"),
        survived: count("Survived"),
        noCoverage: count("NoCoverage"),
        errors: count("RuntimeError", "CompileError"),
    };
}

/** Number of mutants that ran, or would have if a spec had reached them. */
export function mutantsOf({ killed, timeouts, survived, noCoverage }: Counts): number {
    return killed + timeouts + survived + noCoverage;
}

/** Noticed mutants in percent, rounded down to one decimal; 100 for code without mutants. */
export function scoreOf(counts: Counts): number {
    const mutants = mutantsOf(counts);
    return mutants === 0 ? 100 : Math.floor(((counts.killed + counts.timeouts) * 1000) / mutants) / 10;
}

/** The mutants that no spec noticed, by file and line. */
export function survivorsOf(report: Report): Survivor[] {
    return Object.entries(report.files)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .flatMap(([file, { source, mutants }]) =>
            mutants
                .filter(({ status }) => status === "Survived" || status === "NoCoverage")
                .sort((a, b) => a.location.start.line - b.location.start.line)
                .map(({ location: { start, end }, mutatorName, replacement, status }) => ({
                    file,
                    line: start.line,
                    mutator: mutatorName,
                    reached: status === "Survived",
                    original: oneLine(between(source, start, end)),
                    mutated: oneLine(replacement ?? ""),
                })),
        );
}

/** A survivor as the tool prints it. */
export function survivorLine({ file, line, mutator, reached, original, mutated }: Survivor): string {
    return `${file}:${line} ${mutator}${reached ? "" : " (not reached)"}: ${shortened(original)} -> ${shortened(mutated)}`;
}

interface Place {
    readonly line: number;
    readonly column: number;
}

function between(source: string, start: Place, end: Place): string {
    const lines = source.split("\n");
    const offset = ({ line, column }: Place): number =>
        lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0) + column - 1;
    return source.slice(offset(start), offset(end));
}

function oneLine(text: string): string {
    return text.replace(/\s+/g, " ").trim();
}

/** Characters that are printed of a text. */
const SHOWN = 80;

function shortened(text: string): string {
    return text.length > SHOWN ? `${text.slice(0, SHOWN - 3)}...` : text;
}
