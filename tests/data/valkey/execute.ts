import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

/** The result of a command. */
export interface Result {
    readonly code: number;
    readonly output: string;
}

/** Runs a command to its end; a failure is a result too. */
export async function execute(command: string, args: readonly string[], env: Record<string, string>): Promise<Result> {
    try {
        const { stdout } = await run(command, args, { env: { ...process.env, ...env }, timeout: 60_000 });
        return { code: 0, output: stdout.trim() };
    } catch (error) {
        const { code, stdout, stderr } = error as { code?: number; stdout?: string; stderr?: string };
        return { code: typeof code === "number" ? code : -1, output: `${stdout ?? ""}${stderr ?? ""}`.trim() };
    }
}
