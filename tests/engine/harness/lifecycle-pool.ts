import { availableParallelism } from "node:os";

/** What becomes of one step of a lifecycle; later steps are refused once one has failed. */
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
    // Whoever waits for it hears of the failure; until then it is nobody's unhandled rejection.
    done.catch(() => undefined);
    return { done, settle };
}

/** Steps that have to run one after the other, each of which a test waits for. */
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
                settle(new Error(`not reached: "${failed}" failed`));
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
 * Runs lifecycles a few at a time, in order, ahead of the tests that wait for them: the engine, the program and the
 * stand-ins take turns, so one lifecycle alone leaves processors idle.
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

    /** Makes sure that a lifecycle is under way or will be. */
    public ensureStarted(lifecycle: Lifecycle): void {
        // Tests come in the lifecycles' order: what was not started by now was filtered out.
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

    /** Starts nothing more, has what still runs killed, and waits until it is gone. */
    public async stop(kill: () => void): Promise<void> {
        this.queue.length = 0;
        kill();
        await Promise.all(this.workers);
    }
}
