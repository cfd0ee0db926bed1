import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";

import { FOLDERS, sourceFiles, targetOf, type Target } from "./folders";
import { runStryker } from "./run";
import { countsOf, type FolderResult, GOAL, mutantsOf, scoreOf, survivorLine, survivorsOf } from "./summary";
import { parseResults, resultsText, withResult, withTable } from "./table";

export const HELP = `Measures what the tests notice: StrykerJS changes the code in one place at a time and runs the specs.

Usage: npm run test:mutation -- <folder|file>... [--concurrency N]
       npm run test:mutation -- --list | --table | --help

  <folder|file>     what to change; a folder of the list is recorded in docs/mutation.json
                    and docs/proof.md, any other path is only printed
  --concurrency N   worker processes, 1 to 16, each with a core and up to 1 GB; default: 1
  --list            print the folders with their number of files and last score
  --table           write the table of docs/proof.md again from docs/mutation.json
  --help            print this text

Progress goes to stderr; the score and the changes that no spec noticed go to stdout.
Exit status: 0 if every score is at least ${GOAL} %, 1 if one is less, 2 if nothing could be measured.
`;

/** Paths from the project's root. */
export const RESULTS = "docs/mutation.json";
export const DOCUMENT = "docs/proof.md";

/** What the command uses of its process; tests replace it. */
export interface Environment {
    readonly root: string;
    readonly say: (line: string) => void;
    readonly coloured: boolean;
    readonly run: typeof runStryker;
    readonly now: () => Date;
}

/** Runs the command and returns its exit status. Throws on invalid arguments. */
export async function mutationCommand(args: readonly string[], env: Environment): Promise<number> {
    const { values, positionals } = parseArgs({
        args: [...args],
        allowPositionals: true,
        options: {
            concurrency: { type: "string", default: "1" },
            list: { type: "boolean", default: false },
            table: { type: "boolean", default: false },
            help: { type: "boolean", short: "h", default: false },
        },
    });
    if (values.help) {
        env.say(HELP.trimEnd());
        return 0;
    }
    if (values.list) {
        listFolders(env);
        return 0;
    }
    if (values.table) {
        record(readResults(env.root), env.root);
        return 0;
    }
    if (positionals.length === 0) {
        throw new Error("Name a folder or a file; npm run test:mutation -- --list prints the folders");
    }
    const concurrency = Number(values.concurrency);
    if (!Number.isInteger(concurrency) || concurrency < 1 || concurrency > 16) {
        throw new Error(`--concurrency ${values.concurrency} is not valid; give a whole number from 1 to 16`);
    }
    const targets = positionals.map((path) => {
        const target = targetOf(path, env.root);
        if (target === undefined) {
            throw new Error(`${path} is not in one measured folder; npm run test:mutation -- --list prints them`);
        }
        return target;
    });
    let status = 0;
    for (const target of targets) {
        const score = await measure(target, concurrency, env);
        status = score < GOAL ? 1 : status;
    }
    return status;
}

async function measure(target: Target, concurrency: number, env: Environment): Promise<number> {
    const { root, coloured, run, say } = env;
    const { folder, whole, sources } = target;
    // Before the run, which takes long enough for another commit.
    const commit = commitOf(root, [...sources, "tests"]);
    const report = await run(target, { root, concurrency, coloured });
    const counts = countsOf(report);
    const score = scoreOf(counts);
    survivorsOf(report).forEach((survivor) => {
        say(survivorLine(survivor));
    });
    const noticed = counts.killed + counts.timeouts;
    const part = sources.length === 1 ? sources[0] : `part of ${folder.name}`;
    say(
        `${whole ? folder.name : part}: ${noticed} of ${mutantsOf(counts)} mutants noticed, ${score.toFixed(1)} % (goal: ${GOAL} %)`,
    );
    if (counts.errors > 0) {
        say(`${counts.errors} mutants could not run and do not count`);
    }
    if (whole) {
        const date = env.now().toISOString().slice(0, 10);
        record(withResult(readResults(root), { folder: folder.name, date, commit, ...counts, score }), root);
    }
    return score;
}

/** The commit that is checked out, and whether the paths differ from it. */
function commitOf(root: string, paths: readonly string[]): string {
    const git = (...args: readonly string[]): string => spawnSync("git", args, { cwd: root, encoding: "utf8" }).stdout;
    const commit = git("rev-parse", "--short=7", "HEAD").trim();
    return git("status", "--porcelain", "--", ...paths).trim() === "" ? commit : `${commit} changed`;
}

function readResults(root: string): FolderResult[] {
    const path = join(root, RESULTS);
    return existsSync(path) ? parseResults(readFileSync(path, "utf8")) : [];
}

function record(results: readonly FolderResult[], root: string): void {
    const text = resultsText(results);
    const document = join(root, DOCUMENT);
    const page = withTable(readFileSync(document, "utf8"), parseResults(text));
    writeFileSync(join(root, RESULTS), text);
    writeFileSync(document, page);
}

function listFolders({ root, say }: Environment): void {
    const results = readResults(root);
    const files = sourceFiles(root);
    for (const { name } of FOLDERS) {
        const score = results.find(({ folder }) => folder === name)?.score;
        const count = targetOf(name, root)?.sources.length ?? 0;
        say(
            `${name.padEnd(24)} ${String(count).padStart(3)} files  ${score === undefined ? "-" : `${score.toFixed(1)} %`}`,
        );
    }
    say(`${files.length} files in all, some of them not measured`);
}
