import { availableParallelism } from "node:os";

/** Result of one step of a lifecycle. */
interface Step {
    readonly done: Promise<void>;
    readonly settle: (error?: Error) => void;
}

function step(): Step {
    let settle: (error?: Error) => void = () => undefined;
    const done = new Promise<void>((resolve, reject) => {
        settle = (error) => {
            if (error === undefined) {
                resolve();
            } else {
                reject(error);
            }
        };
    });
    // A failure before a test awaits it is not an unhandled rejection.
    done.catch(() => undefined);
    return { done, settle };
}

/** Steps that run one after the other, each awaited by a test. Steps after a failed one are not run. */
export class Lifecycle {
    private readonly steps = new Map<string, Step>();

    public constructor(
        public readonly name: string,
        private readonly work: readonly (readonly [step: string, work: () => Promise<void>])[],
        private readonly end: () => Promise<void>,
    ) {
        for (const [stepName] of work) {
            this.steps.set(stepName, step());
        }
    }

    public async run(): Promise<void> {
        let failed: string | undefined;
        for (const [name, work] of this.work) {
            const { settle } = this.stepOf(name);
            if (failed !== undefined) {
                settle(new Error(`not run: "${failed}" failed`));
                continue;
            }
            try {
                await work();
                settle();
            } catch (error) {
                failed = name;
                settle(error instanceof Error ? error : new Error(String(error)));
            }
        }
        await this.end();
    }

    private stepOf(name: string): Step {
        const found = this.steps.get(name);
        if (found === undefined) {
            throw new Error(`${this.name} has no step "${name}"`);
        }
        return found;
    }

    public completed(name: string): Promise<void> {
        return this.stepOf(name).done;
    }
}

/**
 * Runs lifecycles in order, several at a time, ahead of the tests that await them. A single one does not use all
 * processors, because engine, program and stand-ins wait for each other.
 */
export class LifecyclePool {
    private readonly queue: Lifecycle[];
    private readonly workers: Promise<void>[] = [];

    public constructor(
        private readonly lifecycles: readonly Lifecycle[],
        private readonly width = Math.min(4, Math.max(2, availableParallelism())),
    ) {
        this.queue = [...lifecycles];
    }

    /** Starts the pool, and drops earlier lifecycles that are not started, because their tests were filtered out. */
    public ensureStarted(lifecycle: Lifecycle): void {
        // Tests run in the order of the lifecycles.
        const wanted = this.lifecycles.indexOf(lifecycle);
        while (this.queue[0] !== undefined && this.lifecycles.indexOf(this.queue[0]) < wanted) {
            this.queue.shift();
        }
        if (this.workers.length === 0) {
            this.workers.push(...Array.from({ length: this.width }, () => this.work()));
        }
    }

    private async work(): Promise<void> {
        for (let lifecycle = this.queue.shift(); lifecycle !== undefined; lifecycle = this.queue.shift()) {
            await lifecycle.run();
        }
    }

    /** Clears the queue, calls `kill` for the running lifecycles and waits until they have ended. */
    public async stop(kill: () => void): Promise<void> {
        this.queue.length = 0;
        kill();
        await Promise.all(this.workers);
    }
}
