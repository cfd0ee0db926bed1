import { spawn, type ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { join } from "node:path";

import { within } from "./wait";

/** What the supervisor is told. */
export type Order =
    | {
          readonly op: "start";
          readonly id: string;
          readonly command: string;
          readonly args: readonly string[];
          readonly env: Readonly<Record<string, string>>;
          readonly log: string;
      }
    | { readonly op: "stop"; readonly id: string; readonly signal: NodeJS.Signals };

/** What the supervisor tells. */
export type Report =
    | { readonly event: "started"; readonly id: string; readonly pid: number }
    | { readonly event: "exit"; readonly id: string; readonly how: string };

interface Program {
    readonly exit: Promise<string>;
    readonly started: (pid: number) => void;
    readonly gone: (how: string) => void;
    /** How it ended, once it has. */
    how: string | undefined;
}

/** Programs that cannot outlive this process; see `supervisor.ts`. */
export class Supervised {
    private readonly supervisor: ChildProcess;
    private readonly programs = new Map<string, Program>();
    private readonly ended: Promise<void>;

    /** @param folder working directory of every program, removed at the end. */
    public constructor(private readonly folder: string) {
        this.supervisor = spawn(
            process.execPath,
            ["--require", require.resolve("tsx/cjs"), join(__dirname, "supervisor.ts"), folder],
            // NODE_OPTIONS of a debugger or a coverage tool is none of the supervisor's business.
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
                program.gone("the supervisor ended");
            });
        });
        if (this.supervisor.stdout !== null) {
            createInterface({ input: this.supervisor.stdout }).on("line", (line) => {
                this.hear(JSON.parse(line) as Report);
            });
        }
    }

    /**
     * Starts a program and returns its process id; its output goes to `<id>.log` in the folder.
     *
     * @param env what it has beside the environment of this process.
     */
    public async start(
        id: string,
        command: string,
        args: readonly string[],
        env: Readonly<Record<string, string>> = {},
    ): Promise<number> {
        let started: (pid: number) => void = () => undefined;
        let gone: (how: string) => void = () => undefined;
        const pid = new Promise<number>((resolve) => (started = resolve));
        const exit = new Promise<string>((resolve) => (gone = resolve));
        const program: Program = { exit, started, gone, how: undefined };
        this.programs.set(id, program);
        void exit.then((how) => {
            program.how = how;
        });
        this.order({ op: "start", id, command, args, env, log: this.logOf(id) });
        const first = await within(10_000, `start of ${id}`, Promise.race([pid, exit]));
        if (typeof first === "string") {
            throw new Error(`${id} did not start: ${first}\n${this.tail(id)}`);
        }
        return first;
    }

    /** Ends a program and returns when it is gone. */
    public async stop(id: string, signal: NodeJS.Signals, limitMs = 10_000): Promise<void> {
        const program = this.programs.get(id);
        if (program === undefined) {
            return;
        }
        this.order({ op: "stop", id, signal });
        await within(limitMs, `end of ${id}`, program.exit);
        this.programs.delete(id);
    }

    /** Throws when a program ended although nobody asked it to. */
    public check(): void {
        for (const [id, { how }] of this.programs) {
            if (how !== undefined) {
                throw new Error(`${id} ended (${how}):\n${this.tail(id)}`);
            }
        }
    }

    /** Kills what still runs, removes the folder, and returns when both are done. */
    public async end(): Promise<void> {
        this.supervisor.stdin?.end();
        await within(15_000, "end of the control plane", this.ended);
    }

    /** The last lines that a program wrote. */
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

    private order(order: Order): void {
        this.supervisor.stdin?.write(`${JSON.stringify(order)}\n`);
    }

    private hear(report: Report): void {
        const program = this.programs.get(report.id);
        if (report.event === "started") {
            program?.started(report.pid);
        } else {
            program?.gone(report.how);
        }
    }
}
