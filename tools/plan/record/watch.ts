/**
 * Runs a Pulumi program and rejects with the first thing that goes wrong in it, wherever that is. The SDK lets a failed
 * registration or `apply` surface as an unhandled rejection, and lets a resource that waits for itself end the process
 * without a word; under the CLI the language host turns both into an error, here this does.
 */
export async function watchFailures(run: () => Promise<void>): Promise<void> {
    const others = process.listeners("unhandledRejection");
    process.removeAllListeners("unhandledRejection");
    let end = (): void => undefined;
    const failure = new Promise<never>((_resolve, reject) => {
        const onRejection = (reason: unknown): void => {
            reject(reason instanceof Error ? reason : new Error(String(reason)));
        };
        const onIdle = (): void => {
            reject(new Error("The program waits for itself: a resource or an output depends on its own result."));
        };
        process.on("unhandledRejection", onRejection);
        process.on("beforeExit", onIdle);
        end = () => {
            process.off("unhandledRejection", onRejection);
            process.off("beforeExit", onIdle);
        };
    });
    try {
        await Promise.race([run(), failure]);
        // Node reports rejections at the end of a turn: one more shows those of the last.
        await Promise.race([new Promise((resolve) => setImmediate(resolve)), failure]);
    } catch (error) {
        // The same failure rejects everything that waited for it; those reports are for nobody.
        await new Promise((resolve) => setImmediate(resolve));
        throw error;
    } finally {
        end();
        failure.catch(() => undefined);
        for (const listener of others) {
            process.on("unhandledRejection", listener);
        }
    }
}
