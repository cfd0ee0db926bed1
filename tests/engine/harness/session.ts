import { type ChildProcess, fork } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse, stringify } from "yaml";
import { MemoryStore } from "../providers/core/store";
import { STORE_VARIABLE, serveStore, type StoreServer } from "../providers/core/store-server";
import type { Job, Json, Operation, Outcome, Request, Response } from "./protocol";

export const ROOT = resolve(__dirname, "../../..");

export interface SessionOptions {
    /** Stack whose `Pulumi.<stack>.yaml` is the configuration. */
    readonly stack: string;
    /** Overrides that file. */
    readonly config?: Readonly<Record<string, Json>>;
    /** Module with the program. @default the project's index.ts */
    readonly program?: string;
    readonly policyPack?: string;
    /** Write the state after every step, as a normal run does, which is slow. @default false, at the end only */
    readonly checkpoints?: boolean;
    /** Environment of the engine and its child processes. */
    readonly env?: Readonly<Record<string, string>>;
    /** Clouds and cluster of an earlier session of the same folder, which was killed. @default empty ones */
    readonly store?: MemoryStore;
}

export interface Deployment {
    readonly resources?: readonly {
        readonly urn: string;
        readonly type: string;
        readonly custom: boolean;
        /** Whether the engine refuses to delete it. */
        readonly protect?: boolean;
        readonly id?: string;
    }[];
}

interface Waiting {
    readonly resolve: (response: Response) => void;
    readonly reject: (error: Error) => void;
}

/** The run of one stack: folder, state, store of the stand-ins and process. */
export class Session {
    private readonly waiting = new Map<number, Waiting>();
    private readonly closed: Promise<void>;
    private exit: Error | undefined;
    private sent = 0;
    private log = "";

    private constructor(
        private readonly child: ChildProcess,
        private readonly server: StoreServer,
        /** Resources in the clouds and the cluster of this run. */
        public readonly store: MemoryStore,
    ) {
        const collect = (chunk: Buffer): void => {
            this.log += chunk.toString("utf8");
        };
        child.stdout?.on("data", collect);
        child.stderr?.on("data", collect);
        child.on("message", (response: Response) => {
            this.waiting.get(response.id)?.resolve(response);
            this.waiting.delete(response.id);
        });
        // "close" follows "exit" when the whole output has been read.
        this.closed = new Promise((resolveIt) => {
            child.on("close", (code, signal) => {
                this.exit = new Error(`the stack's process exited with ${signal ?? `code ${code ?? 0}`}\n${this.log}`);
                for (const { reject } of this.waiting.values()) {
                    reject(this.exit);
                }
                resolveIt();
            });
        });
    }

    /** Creates the folder of a run, starts its process, and waits until the program is loaded. */
    public static async start(folder: string, bin: string, options: SessionOptions): Promise<Session> {
        const state = join(folder, "state");
        mkdirSync(state, { recursive: true });
        writeSettings(folder, options);
        const store = options.store ?? new MemoryStore();
        const server = await serveStore(store);
        const job: Job = {
            stack: options.stack,
            program: options.program ?? join(ROOT, "index.ts"),
            folder,
            policyPack: options.policyPack,
            env: {
                PULUMI_BACKEND_URL: `file://${state}`,
                PULUMI_HOME: join(folder, "home"),
                PULUMI_CONFIG_PASSPHRASE: "a passphrase for a state that lives for minutes",
                PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
                PULUMI_SKIP_UPDATE_CHECK: "true",
                // The engine lives for seconds, and has memory enough for rarer collections.
                GOGC: "400",
                PULUMI_SKIP_CHECKPOINTS: options.checkpoints === true ? "false" : "true",
                [STORE_VARIABLE]: server.address,
                ...options.env,
            },
        };
        const child = fork(join(__dirname, "runner.ts"), [JSON.stringify(job)], {
            cwd: ROOT,
            // A larger young generation: a run's messages live for milliseconds, and there are many.
            execArgv: ["--max-semi-space-size=64", "--require", "tsx/cjs"],
            env: { ...process.env, PATH: `${bin}:${process.env["PATH"] ?? ""}` },
            silent: true,
            // A separate process group, so that kill() includes the CLI.
            detached: true,
        });
        const session = new Session(child, server, store);
        RUNNING.add(session);
        try {
            await session.answerTo(0);
            return session;
        } catch (error) {
            await session.stop();
            throw error;
        }
    }

    private async answerTo(id: number): Promise<Response> {
        if (this.exit !== undefined) {
            throw this.exit;
        }
        const response = await new Promise<Response>((resolveIt, reject) => {
            this.waiting.set(id, { resolve: resolveIt, reject });
        });
        if ("failure" in response) {
            throw new Error(`${response.failure}\n${this.log}`);
        }
        return response;
    }

    private ask(request: Request): Promise<Response> {
        const answer = this.answerTo(request.id);
        // An error means that the process has exited, which rejects the answer.
        this.child.send(request, () => undefined);
        return answer;
    }

    public async run(operation: Operation): Promise<Outcome> {
        const response = await this.ask({ id: ++this.sent, do: "run", operation });
        if (!("outcome" in response)) {
            throw new Error("the stack's process sent an unexpected response");
        }
        return response.outcome;
    }

    /** Like {@link run}. @throws Error with the engine's output when the operation fails. */
    public async succeed(operation: Operation): Promise<Outcome> {
        const outcome = await this.run(operation);
        if (outcome.error !== undefined) {
            throw new Error(`${operation.kind} failed\n${outcome.output || outcome.error}`);
        }
        return outcome;
    }

    /** The stack's state from `pulumi stack export`, with encrypted secrets. */
    public async export(): Promise<Deployment> {
        const response = await this.ask({ id: ++this.sent, do: "export" });
        return "deployment" in response ? (response.deployment as unknown as Deployment) : {};
    }

    /** Kills the process group and returns when the process has exited. */
    public async stop(): Promise<void> {
        this.kill();
        RUNNING.delete(this);
        await this.closed;
        await this.server.close();
    }

    public kill(): void {
        if (this.child.pid !== undefined && this.child.exitCode === null && this.child.signalCode === null) {
            try {
                process.kill(-this.child.pid, "SIGKILL");
            } catch {
                // The process exited in the meantime.
            }
        }
    }
}

const RUNNING = new Set<Session>();

/** Kills all running sessions, at the end of the suite or on a signal. */
export function killAll(): void {
    for (const session of RUNNING) {
        session.kill();
    }
}

/** Writes the project file, and the stack's file with the run's configuration. */
function writeSettings(folder: string, { stack, config = {} }: SessionOptions): void {
    const project = parse(readFileSync(join(ROOT, "Pulumi.yaml"), "utf8")) as Record<string, Json>;
    // The program runs in the session's process instead of one that a language host starts.
    delete project["main"];
    writeFileSync(join(folder, "Pulumi.yaml"), stringify(project));
    const settings = parse(readFileSync(join(ROOT, `Pulumi.${stack}.yaml`), "utf8")) as {
        config?: Record<string, Json>;
    };
    settings.config = { ...settings.config, ...config };
    writeFileSync(join(folder, `Pulumi.${stack}.yaml`), stringify(settings));
}
