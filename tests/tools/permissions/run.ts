import { permissionsCommand } from "../../../tools/permissions/command";

/** Runs the command with its output as text. */
export async function run(...args: string[]) {
    const [stdout, stderr]: [string[], string[]] = [[], []];
    const status = await permissionsCommand(args, {
        stdout: (text) => stdout.push(text),
        stderr: (text) => stderr.push(text),
    });
    return { status, stdout: stdout.join("\n"), stderr: stderr.join("\n") };
}
