/** Says something beside the test's name: figures and limits that a reader of the output should see. */
export function note(line: string): void {
    console.log(`        ${line}`);
}
