/** Repeats a check until it passes; its last error after the limit, in milliseconds. Returns the time that it took. */
export async function until(what: string, check: () => Promise<void>, limitMs = 60_000): Promise<number> {
    const start = Date.now();
    for (;;) {
        try {
            await check();
            return Date.now() - start;
        } catch (error) {
            if (Date.now() - start > limitMs) {
                throw new Error(`${what}: not within ${limitMs} ms: ${(error as Error).message}`, { cause: error });
            }
            await new Promise((resolve) => setTimeout(resolve, 200));
        }
    }
}
