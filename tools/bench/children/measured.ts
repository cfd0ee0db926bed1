/** What a child process tells of its run, as one line of JSON. */
export interface Measurement {
    /** Wall and processor time of the measured part, in milliseconds; loading modules is not in it. */
    readonly wall: number;
    readonly processor: number;
    /** Most memory that the process had resident, in MiB; loading modules is in it. */
    readonly memory: number;
    readonly resources: number;
}

/** Runs one thing once, in a process that is there for nothing else, and prints what it took. */
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
