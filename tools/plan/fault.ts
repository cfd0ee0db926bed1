/** A mistake in the command line or in a stack's files. Printed without a trace; the exit code is 2. */
export class Fault extends Error {
    public override readonly name = "Fault";
}
