import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { promisify } from "node:util";
import { type EngineEvent, LocalWorkspace, type PulumiFn, type Stack } from "@pulumi/pulumi/automation";
import { parse, stringify } from "yaml";
import type { Change, Job, Json, Operation, Outcome, Request, Response } from "./protocol";

/**
 * Runs one stack's program through the Automation API, in a separate process, so that stacks share no module state and a
 * crash affects one stack only.
 */

const job = JSON.parse(process.argv[2] ?? "{}") as Job;

/** Loads the program with `require`, as Pulumi's runner does. */
function program(): PulumiFn {
    const loaded = createRequire(__filename)(job.program) as { default?: unknown };
    const found = loaded.default ?? loaded;
    if (typeof found !== "function") {
        throw new Error(`${job.program} does not export a function`);
    }
    return found as PulumiFn;
}

/** An exported state is larger than the 1 MiB that Node captures by default. */
const MAX_EXPORT_BYTES = 256 * 1024 * 1024;

const settingsFile = join(job.folder, `Pulumi.${job.stack}.yaml`);

/** Merges configuration into the stack's file. */
function configure(config: Readonly<Record<string, Json>>): void {
    const settings = parse(readFileSync(settingsFile, "utf8")) as { config?: Record<string, Json> };
    settings.config = { ...settings.config, ...config };
    writeFileSync(settingsFile, stringify(settings));
}

class Recorder {
    private readonly changes: Change[] = [];
    private readonly violations: Outcome["violations"][number][] = [];
    private readonly text: string[] = [];
    private readonly refreshing = new Set<string>();
    private unchanged = 0;

    public readonly onOutput = (line: string): void => {
        this.text.push(line);
    };

    public readonly onEvent = (event: EngineEvent): void => {
        // The event before a refresh does not contain the detected operation.
        const refreshed = event.resOutputsEvent?.metadata;
        if (refreshed !== undefined && this.refreshing.has(refreshed.urn) && refreshed.op !== "same") {
            this.changes.push({ urn: refreshed.urn, op: refreshed.op });
        }
        const step = event.resourcePreEvent?.metadata;
        if (step?.op === "refresh") {
            this.refreshing.add(step.urn);
        } else if (step !== undefined) {
            if (step.op === "same") {
                this.unchanged++;
            } else {
                const paths = Object.keys(step.detailedDiff ?? {}).sort();
                this.changes.push({ urn: step.urn, op: step.op, ...(paths.length === 0 ? {} : { paths }) });
            }
        }
        const policy = event.policyEvent;
        if (policy !== undefined) {
            const { policyName, resourceUrn = "", enforcementLevel } = policy;
            this.violations.push({ policy: policyName, urn: resourceUrn, level: enforcementLevel });
        }
    };

    public outcome(started: number, error?: string): Outcome {
        const { changes, unchanged, violations } = this;
        const seconds = (Date.now() - started) / 1000;
        const outcome = { output: this.text.join(""), changes, unchanged, violations, seconds };
        return error === undefined ? outcome : { ...outcome, error };
    }
}

async function run(stack: Stack, operation: Operation): Promise<Outcome> {
    if (operation.config !== undefined) {
        configure(operation.config);
    }
    Object.assign(stack.workspace.envVars, operation.env);
    const recorder = new Recorder();
    const { onOutput, onEvent } = recorder;
    const packs =
        operation.policyPack === true && job.policyPack !== undefined ? { policyPacks: [job.policyPack] } : {};
    const shared = { onOutput, onError: onOutput, onEvent, color: "never" } as const;
    const checked = { ...shared, ...packs, expectNoChanges: operation.expectNoChanges ?? false };
    const started = Date.now();
    try {
        switch (operation.kind) {
            case "preview":
                await stack.preview(checked);
                break;
            case "up":
                await stack.up(checked);
                break;
            case "refresh":
                await stack.refresh({ ...shared, expectNoChanges: operation.expectNoChanges ?? false });
                break;
            case "cancel":
                await stack.cancel();
                break;
            case "destroy":
                await (operation.previewOnly === true
                    ? stack.previewDestroy(shared)
                    : stack.destroy({ ...shared, continueOnError: operation.continueOnError ?? false }));
        }
        return recorder.outcome(started);
    } catch (error) {
        return recorder.outcome(started, error instanceof Error ? error.message : String(error));
    }
}

async function answer(stack: Stack, request: Request): Promise<Response> {
    const { id } = request;
    if (request.do === "run") {
        return { id, outcome: await run(stack, request.operation) };
    }
    // Not with the Automation API, whose export decrypts secrets.
    const options = { cwd: job.folder, env: { ...process.env, ...job.env }, maxBuffer: MAX_EXPORT_BYTES };
    const { stdout } = await promisify(execFile)("pulumi", ["stack", "export", "--stack", job.stack], options);
    const { deployment } = JSON.parse(stdout) as { deployment: Json };
    return { id, deployment };
}

async function main(): Promise<void> {
    // The SDK formats a trace for each promise, which takes a third of this process' time. The engine's output has the error.
    Error.stackTraceLimit = 0;
    process.setSourceMapsEnabled(false);
    const stack = await LocalWorkspace.createOrSelectStack(
        { stackName: job.stack, projectName: "ecommerce-platform", program: program() },
        { workDir: job.folder, envVars: { ...job.env } },
    );
    process.on("message", (request: Request) => {
        answer(stack, request).then(
            (response) => process.send?.(response),
            (error: unknown) => {
                const failure = error instanceof Error ? (error.stack ?? error.message) : String(error);
                process.send?.({ id: request.id, failure });
            },
        );
    });
    process.on("disconnect", () => process.exit(0));
    process.send?.({ id: 0, deployment: null });
}

main().catch((error: unknown) => {
    const failure = error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.send?.({ id: 0, failure }, () => process.exit(1));
});
