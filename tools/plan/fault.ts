/** A mistake in the command line or in a stack's files: shown as its message alone, exit code 2. */
export class Fault extends Error {
    public override readonly name = "Fault";
}
