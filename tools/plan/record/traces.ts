import * as pulumi from "@pulumi/pulumi";

/**
 * Runs a program without stack traces. The SDK stores a formatted trace for each resource and each promise, which takes a
 * third of a plan's time and much of its memory, but is only needed after a failure. After one, the program runs again
 * with traces; it has no side effects.
 *
 * @throws what the program throws, with its trace.
 */
export async function withoutTraces<T>(run: () => Promise<T>): Promise<T> {
    try {
        return await withSettings(0, run);
    } catch (error) {
        // Errors of the user are printed without a trace.
        if (pulumi.RunError.isInstance(error)) {
            throw error;
        }
        await withSettings(Error.stackTraceLimit, run);
        throw error;
    }
}

async function withSettings<T>(limit: number, run: () => Promise<T>): Promise<T> {
    const { stackTraceLimit } = Error;
    const sourceMaps = process.sourceMapsEnabled;
    Error.stackTraceLimit = limit;
    // Traces of thrown errors are formatted when they are printed, with source maps enabled again.
    process.setSourceMapsEnabled(false);
    try {
        return await run();
    } finally {
        Error.stackTraceLimit = stackTraceLimit;
        process.setSourceMapsEnabled(sourceMaps);
    }
}
