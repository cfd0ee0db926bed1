import * as pulumi from "@pulumi/pulumi";

/**
 * Runs a program without stack traces. The SDK formats and keeps one for each resource and each promise, which takes a
 * third of a plan's time and much of its memory, for traces that nobody reads unless something fails. When something
 * does, the program runs once more with traces: it has no effect that a second run could repeat.
 *
 * @throws what the program throws, with its trace.
 */
export async function withoutTraces<T>(run: () => Promise<T>): Promise<T> {
    try {
        return await withSettings(0, run);
    } catch (error) {
        // Errors that are the user's are shown without a trace anyway.
        if (pulumi.RunError.isInstance(error)) {
            throw error;
        }
        await withSettings(Error.stackTraceLimit, run);
        throw error;
    }
}

async function withSettings<T>(limit: number, run: () => Promise<T>): Promise<T> {
    const { stackTraceLimit } = Error;
    const mapped = process.sourceMapsEnabled;
    Error.stackTraceLimit = limit;
    // Traces of errors that get out are formatted where they are printed, when the maps are back.
    process.setSourceMapsEnabled(false);
    try {
        return await run();
    } finally {
        Error.stackTraceLimit = stackTraceLimit;
        process.setSourceMapsEnabled(mapped);
    }
}
