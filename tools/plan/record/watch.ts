/**
 * Runs a Pulumi program and rejects with its first error. In the SDK a failed registration or `apply` is an unhandled
 * rejection, and a resource that depends on itself ends the process without a message. This function turns both into an
 * error, like the language host of the CLI.
 */
export async function watchFailures(run: () => Promise<void>): Promise<void> {
    const otherListeners = process.listeners("unhandledRejection");
    process.removeAllListeners("unhandledRejection");
    let end = (): void => undefined;
    const failure = new Promise<never>((_resolve, reject) => {
        const onRejection = (reason: unknown): void => {
            reject(reason instanceof Error ? reason : new Error(String(reason)));
        };
        const onIdle = (): void => {
            reject(new Error("The program is deadlocked: a resource or an output depends on its own result."));
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
        // Node reports rejections at the end of an event loop turn: waits for those of the last turn.
        await Promise.race([new Promise((resolve) => setImmediate(resolve)), failure]);
    } catch (error) {
        // Ignores the further rejections that the same failure causes.
        await new Promise((resolve) => setImmediate(resolve));
        throw error;
    } finally {
        end();
        failure.catch(() => undefined);
        for (const listener of otherListeners) {
            process.on("unhandledRejection", listener);
        }
    }
}
