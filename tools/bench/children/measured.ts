/** Result of a child process, printed as one line of JSON. */
export interface Measurement {
    /** Wall-clock and CPU time of the measured part without loading modules, in milliseconds. */
    readonly wall: number;
    readonly processor: number;
    /** Peak resident memory of the process including loading modules, in MiB. */
    readonly memory: number;
    readonly resources: number;
}

/** Runs and measures a function, which returns its number of resources, and prints the {@link Measurement}. */
export async function measured(run: () => Promise<number>): Promise<void> {
    const before = process.cpuUsage();
    const start = performance.now();
    const resources = await run();
    const wall = performance.now() - start;
    const { user, system } = process.cpuUsage(before);
    const result: Measurement = {
        wall,
        processor: (user + system) / 1000,
        memory: process.resourceUsage().maxRSS / 1024,
        resources,
    };
    process.stdout.write(`${JSON.stringify(result)}\n`);
}
