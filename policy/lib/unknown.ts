import * as policy from "@pulumi/policy";

interface UnknownSupport {
    readonly UnknownValueError: abstract new (...args: never) => Error;
    readonly unknownCheckingProxy: <T extends object>(target: T) => T;
}

// The SDK exports both since 1.21, but its type declarations omit them.
const support = policy as unknown as UnknownSupport;

/** Whether an error is the SDK's error for reading an unknown value. */
export function isUnknownValueError(error: unknown): boolean {
    return error instanceof support.UnknownValueError;
}

/** Wraps inputs as the engine does: reading an unknown value throws. */
export function guardUnknowns<T extends object>(props: T): T {
    return support.unknownCheckingProxy(props);
}
