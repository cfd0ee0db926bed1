/** A mistake of whoever runs the plan: shown as its message alone, exit code 2. */
export class Fault extends Error {
    public override readonly name = "Fault";
}
