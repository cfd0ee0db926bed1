import { markdownTable } from "../plan/report/markdown-table";
import { type FolderResult, GOAL, mutantsOf } from "./summary";

/** First and last line of the generated part of `docs/proof.md`. */
export const BEGIN = "<!-- npm run test:mutation -- --table: begin -->";
export const END = "<!-- npm run test:mutation -- --table: end -->";

/** The results in `docs/mutation.json`, sorted by folder. */
export function parseResults(text: string): FolderResult[] {
    return (JSON.parse(text) as { readonly folders: FolderResult[] }).folders;
}

/** The text of `docs/mutation.json`. */
export function resultsText(results: readonly FolderResult[]): string {
    const folders = [...results].sort((a, b) => (a.folder < b.folder ? -1 : 1));
    return `${JSON.stringify({ goal: GOAL, folders }, null, 2)}\n`;
}

/** The results with one measured again: its note is kept. */
export function withResult(results: readonly FolderResult[], measured: FolderResult): FolderResult[] {
    const before = results.find(({ folder }) => folder === measured.folder);
    const note = measured.note ?? before?.note;
    const others = results.filter((one) => one !== before);
    return [...others, { ...measured, ...(note === undefined ? {} : { note }) }];
}

/** The table of `docs/proof.md`. */
export function tableOf(results: readonly FolderResult[]): string {
    const rows = results.map((result) => {
        const { folder, date, commit, killed, timeouts, survived, noCoverage, score, note } = result;
        const reached = score >= GOAL ? "yes" : "no";
        const open = survived + noCoverage === 0 ? "none" : (note ?? "not examined yet");
        return [
            `\`${folder}\``,
            ...[mutantsOf(result), killed, timeouts, survived, noCoverage].map(String),
            `${score.toFixed(1)} %`,
            reached,
            `${date}, ${commit}`,
            open,
        ];
    });
    const head = [
        ...["folder", "mutants", "killed", "timed out", "survived", "not reached"],
        ...["score", `${GOAL} %`, "measured", "survivors"],
    ];
    return markdownTable([head, ...rows]).join("\n");
}

/** The document with its table made from the results. Throws if it has no place for one. */
export function withTable(document: string, results: readonly FolderResult[]): string {
    const [begin, end] = [document.indexOf(BEGIN), document.indexOf(END)];
    if (begin === -1 || end < begin) {
        throw new Error(`docs/proof.md has no lines "${BEGIN}" and "${END}"`);
    }
    return `${document.slice(0, begin)}${BEGIN}\n\n${tableOf(results)}\n\n${document.slice(end)}`;
}
