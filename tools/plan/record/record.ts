import * as pulumi from "@pulumi/pulumi";

import type { Declared } from "../../../components/layer";
import { captureLog } from "./log";
import { RecordingMonitor } from "./monitor";
import { withoutTraces } from "./traces";
import type { Recording } from "./types";
import { watchFailures } from "./watch";

/** A Pulumi program, as exported by `index.ts`. */
export interface Program {
    (): Promise<Record<string, unknown>>;
    /** The layers' declarations in the last run of the platform's program. @default unknown */
    readonly declared?: () => Declared | undefined;
}

/** Configuration as the CLI passes it to a program: namespaced keys, every value a string, objects as JSON. */
export interface StackConfig {
    readonly values: Readonly<Record<string, string>>;
    /** Keys whose value is secret. */
    readonly secretKeys: readonly string[];
}

/** Arguments of {@link record}. */
export interface RecordArgs {
    readonly project: string;
    readonly stack: string;
    readonly config: StackConfig;
    readonly program: Program;
}

// Pulumi's runtime keeps the monitor, the configuration and the root stack in global variables.
let previousRun: Promise<unknown> = Promise.resolve();

/**
 * Runs a program as a preview without an engine, a cloud or a network, and returns what it registered. Calls are
 * queued: one program runs at a time.
 *
 * @throws what the program throws, and Error if two resources have the same URN, as in the engine.
 */
export function record(args: RecordArgs): Promise<Recording> {
    const run = previousRun.then(() => withoutTraces(() => recordNow(args)));
    previousRun = run.catch(() => undefined);
    return run;
}

async function recordNow({ project, stack, config, program }: RecordArgs): Promise<Recording> {
    const monitor = new RecordingMonitor(project, stack);
    await pulumi.runtime.setMocks(noMocks, project, stack, true);
    monitor.install();
    pulumi.runtime.setAllConfig({ ...config.values }, [...config.secretKeys]);
    const log = captureLog();
    try {
        await watchFailures(async () => {
            await pulumi.runtime.runInPulumiStack(program);
            // Waits for all registrations, which the SDK sends without awaiting them.
            await pulumi.runtime.disconnect();
        });
    } finally {
        log.end();
        pulumi.runtime.setAllConfig({}, []);
    }
    const problems = [...monitor.problems, ...log.errors];
    if (problems.length > 0) {
        throw new Error(problems.join("\n"));
    }
    return {
        resources: [...monitor.resources.values()].sort((a, b) => (a.urn < b.urn ? -1 : 1)),
        unknowns: monitor.unknowns,
        outputs: monitor.outputs,
        warnings: log.warnings,
        declared: program.declared?.(),
    };
}

/** The recorder answers every request, so these mocks are never called. */
const noMocks: pulumi.runtime.Mocks = {
    call: ({ token }) => {
        throw new Error(`Unexpected call of ${token}`);
    },
    newResource: ({ type, name }) => {
        throw new Error(`Unexpected registration of ${name} (${type})`);
    },
};
