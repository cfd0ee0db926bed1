/** A registry's refusal or a failed look-up. The message names the fix and contains no credentials. */
export class RegistryError extends Error {
    public override readonly name = "RegistryError";
}
