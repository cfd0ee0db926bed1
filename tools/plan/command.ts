import { createRequire } from "node:module";

import { help, parseCommandLine } from "./args";
import { Fault } from "./fault";
import { painter } from "./report/paint";
import { projectRoot } from "./root";
import { requireStack } from "./record/stack-config";

/**
 * The command `npm run plan`. Returns its exit code: 0, 1 with mandatory violations, 2 where the configuration or the
 * command is wrong, 3 where the program fails. Nothing is written unless every stack could be planned.
 */
export async function runCommand(args: readonly string[]): Promise<number> {
    try {
        const line = parseCommandLine(args);
        if (line.help) {
            process.stdout.write(help);
            return 0;
        }
        // A typo in a stack's name is told at once, before the program and the SDK behind it are loaded.
        for (const stack of line.stacks) {
            requireStack(line.cwd ?? projectRoot, stack);
        }
        // Loaded here and by `require`, which test runners hook as well as `tsx` does.
        const { execute } = createRequire(__filename)("./execute") as typeof import("./execute");
        return await execute(line);
    } catch (error) {
        const { text, code } = explain(error);
        process.stderr.write(`${painter(process.stderr)("red", "error")}: ${text}\n`);
        return code;
    }
}

/** A mistake in the configuration or the command needs its message alone; a defect of the program a stack trace. */
function explain(error: unknown): { readonly text: string; readonly code: number } {
    const message = error instanceof Error ? error.message : String(error);
    // Pulumi's own mark for errors that are the user's: `ConfigError` is one.
    const expected = error instanceof Fault || (error instanceof Error && "__pulumiRunError" in error);
    const trace = error instanceof Error ? (error.stack ?? message) : message;
    return expected ? { text: message, code: 2 } : { text: `The program failed: ${trace}`, code: 3 };
}
