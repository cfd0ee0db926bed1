/** The lines of a Markdown table, its columns padded as prettier does. The first row is the heading. */
export function markdownTable(rows: readonly (readonly string[])[]): string[] {
    const [heading = [], ...body] = rows;
    const widths = heading.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0), 3));
    const line = (cells: readonly string[]): string =>
        `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
    return [line(heading), line(widths.map((width) => "-".repeat(width))), ...body.map(line)];
}
