/** Edit distance of two words in which swapping neighbours is one edit (optimal string alignment). */
function distance(from: string, to: string): number {
    const rows = [Array.from({ length: to.length + 1 }, (_, index) => index)];
    const at = (i: number, j: number) => rows[i]?.[j] ?? 0;
    for (let i = 1; i <= from.length; i++) {
        const row = [i];
        rows.push(row);
        for (let j = 1; j <= to.length; j++) {
            const change = at(i - 1, j - 1) + (from[i - 1] === to[j - 1] ? 0 : 1);
            const swapped = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
            row.push(Math.min(change, at(i - 1, j) + 1, at(i, j - 1) + 1, swapped ? at(i - 2, j - 2) + 1 : Infinity));
        }
    }
    return at(from.length, to.length);
}

/** `; did you mean "x"?` if a known word is similar to `word`, otherwise empty. */
export function nearest(word: string, known: readonly string[]): string {
    const [best] = known
        .map((name) => ({ name, edits: distance(word.toLowerCase(), name.toLowerCase()) }))
        .sort((a, b) => a.edits - b.edits);
    return best !== undefined && best.edits <= Math.max(1, Math.floor(word.length / 3))
        ? `; did you mean "${best.name}"?`
        : "";
}
