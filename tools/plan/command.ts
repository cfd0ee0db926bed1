import { createRequire } from "node:module";

import { help, parseCommandLine } from "./args";
import { type Failure, failureOf, printFailures } from "./failure";
import { readStack } from "./record/stack-config";
import { projectRoot } from "./root";

/**
 * The command `npm run plan`. Returns its exit code: 0, 1 for mandatory violations, 2 for mistakes in the configuration or
 * the command line, 3 if the program fails. Writes nothing unless every stack could be planned.
 */
export async function runCommand(args: readonly string[]): Promise<number> {
    try {
        const line = parseCommandLine(args);
        if (line.help) {
            process.stdout.write(help);
            return 0;
        }
        const unreadable = unreadableStacks(line.cwd ?? projectRoot, line.stacks);
        if (unreadable.size === line.stacks.length) {
            // Reported before the program and the SDK are loaded, which takes seconds.
            return printFailures([...unreadable.values()]);
        }
        // Loaded here, and by `require`, which both tsx and test runners hook.
        const { execute } = createRequire(__filename)("./execute") as typeof import("./execute");
        return await execute(line, unreadable);
    } catch (error) {
        return printFailures([failureOf(error)]);
    }
}

/** The stacks that do not exist or whose file is not valid YAML, each with its error. */
function unreadableStacks(root: string, stacks: readonly string[]): Map<string, Failure> {
    const failures = new Map<string, Failure>();
    for (const stack of stacks) {
        try {
            readStack(root, stack);
        } catch (error) {
            failures.set(stack, failureOf(error, stack));
        }
    }
    return failures;
}
