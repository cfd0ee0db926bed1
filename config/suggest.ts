/** Edits that turn one word into another (Levenshtein). */
function distance(from: string, to: string): number {
    let row = Array.from({ length: to.length + 1 }, (_, index) => index);
    for (let i = 1; i <= from.length; i++) {
        const next = [i];
        for (let j = 1; j <= to.length; j++) {
            const change = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1);
            next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
        }
        row = next;
    }
    return row[to.length] ?? 0;
}

/** `; did you mean "x"?` where a known word is close to the one given, else nothing. */
export function nearest(word: string, known: readonly string[]): string {
    const [best] = known
        .map((name) => ({ name, edits: distance(word.toLowerCase(), name.toLowerCase()) }))
        .sort((a, b) => a.edits - b.edits);
    return best !== undefined && best.edits <= Math.max(1, Math.floor(word.length / 3))
        ? `; did you mean "${best.name}"?`
        : "";
}
