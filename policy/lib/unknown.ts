import * as policy from "@pulumi/policy";

interface UnknownSupport {
    readonly UnknownValueError: abstract new (...args: never) => Error;
    readonly unknownCheckingProxy: <T extends object>(target: T) => T;
}

// The SDK exports both since 1.21 for exactly this use, but its typings leave them out.
const support = policy as unknown as UnknownSupport;

/** Whether an error is the engine's "this value is not known before the update". */
export function isUnknownValueError(error: unknown): boolean {
    return error instanceof support.UnknownValueError;
}

/** Wraps inputs as the engine does: reading a value that is not known yet throws. */
export function guardUnknowns<T extends object>(props: T): T {
    return support.unknownCheckingProxy(props);
}
