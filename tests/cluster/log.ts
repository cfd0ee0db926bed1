/** Prints a line below the test's title: figures and limits for the reader of the output. */
export function log(line: string): void {
    console.log(`        ${line}`);
}
