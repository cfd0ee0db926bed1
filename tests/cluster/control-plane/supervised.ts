import { spawn, type ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { join } from "node:path";

import { within } from "./wait";

/** A message to the supervisor. */
export type SupervisorCommand =
    | {
          readonly op: "start";
          readonly id: string;
          readonly command: string;
          readonly args: readonly string[];
          readonly env: Readonly<Record<string, string>>;
          readonly log: string;
      }
    | { readonly op: "stop"; readonly id: string; readonly signal: NodeJS.Signals };

/** A message from the supervisor. */
export type SupervisorEvent =
    | { readonly event: "started"; readonly id: string; readonly pid: number }
    | { readonly event: "exit"; readonly id: string; readonly status: string };

interface Program {
    readonly exit: Promise<string>;
    readonly onStarted: (pid: number) => void;
    readonly onExit: (status: string) => void;
    /** Signal or exit code; undefined while the program runs. */
    status: string | undefined;
}

/** Time for the supervisor to start, signal or remove a process, in milliseconds; generous for slow machines. */
const processLimitMs = 60_000;

/** Child programs that never outlive this process; see `supervisor.ts`. */
export class Supervised {
    private readonly supervisor: ChildProcess;
    private readonly programs = new Map<string, Program>();
    private readonly ended: Promise<void>;

    /** @param folder working directory of every program; {@link end} removes it. */
    public constructor(private readonly folder: string) {
        this.supervisor = spawn(
            process.execPath,
            ["--require", require.resolve("tsx/cjs"), join(__dirname, "supervisor.ts"), folder],
            // Without NODE_OPTIONS of a debugger or a coverage tool.
            { detached: true, stdio: ["pipe", "pipe", "ignore"], env: { ...process.env, NODE_OPTIONS: "" } },
        );
        this.supervisor.stdin?.on("error", () => undefined);
        this.ended = new Promise((resolve) => {
            this.supervisor.once("exit", () => {
                resolve();
            });
        });
        void this.ended.then(() => {
            this.programs.forEach((program) => {
                program.onExit("the supervisor exited");
            });
        });
        if (this.supervisor.stdout !== null) {
            createInterface({ input: this.supervisor.stdout }).on("line", (line) => {
                this.handle(JSON.parse(line) as SupervisorEvent);
            });
        }
    }

    /**
     * Starts a program and returns its process id. Its output is written to `<id>.log` in the folder.
     *
     * @param env environment variables in addition to those of this process.
     */
    public async start(
        id: string,
        command: string,
        args: readonly string[],
        env: Readonly<Record<string, string>> = {},
    ): Promise<number> {
        let onStarted: (pid: number) => void = () => undefined;
        let onExit: (status: string) => void = () => undefined;
        const pid = new Promise<number>((resolve) => (onStarted = resolve));
        const exit = new Promise<string>((resolve) => (onExit = resolve));
        const program: Program = { exit, onStarted, onExit, status: undefined };
        this.programs.set(id, program);
        void exit.then((status) => {
            program.status = status;
        });
        this.send({ op: "start", id, command, args, env, log: this.logOf(id) });
        const first = await within(processLimitMs, `start of ${id}`, Promise.race([pid, exit]));
        if (typeof first === "string") {
            throw new Error(`${id} did not start: ${first}\n${this.tail(id)}`);
        }
        return first;
    }

    /** Sends a signal to a program and returns when the program has exited. */
    public async stop(id: string, signal: NodeJS.Signals, limitMs = processLimitMs): Promise<void> {
        const program = this.programs.get(id);
        if (program === undefined) {
            return;
        }
        this.send({ op: "stop", id, signal });
        await within(limitMs, `exit of ${id}`, program.exit);
        this.programs.delete(id);
    }

    /** @throws Error when a program exited without {@link stop}. */
    public check(): void {
        for (const [id, { status }] of this.programs) {
            if (status !== undefined) {
                throw new Error(`${id} exited (${status}):\n${this.tail(id)}`);
            }
        }
    }

    /** Kills the running programs, removes the folder, and returns when both are done. */
    public async end(): Promise<void> {
        this.supervisor.stdin?.end();
        await within(processLimitMs, "end of the control plane", this.ended);
    }

    /** The last lines of a program's log. */
    public tail(id: string, lines = 15): string {
        try {
            return readFileSync(this.logOf(id), "utf8").trimEnd().split("\n").slice(-lines).join("\n");
        } catch {
            return "(no output)";
        }
    }

    /** Process id of the supervisor. */
    public get pid(): number | undefined {
        return this.supervisor.pid;
    }

    private logOf(id: string): string {
        return join(this.folder, `${id}.log`);
    }

    private send(command: SupervisorCommand): void {
        this.supervisor.stdin?.write(`${JSON.stringify(command)}\n`);
    }

    private handle(event: SupervisorEvent): void {
        const program = this.programs.get(event.id);
        if (event.event === "started") {
            program?.onStarted(event.pid);
        } else {
            program?.onExit(event.status);
        }
    }
}
