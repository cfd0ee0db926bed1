import { help, parseCommandLine, type CommandLine } from "./args";
import { Fault } from "./fault";
import { painter } from "./paint";
import { projectRoot } from "./root";
import { requireStack } from "./stack-config";

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
        return await plan(line);
    } catch (error) {
        const { text, code } = explain(error);
        process.stderr.write(`${painter(process.stderr)("red", "error")}: ${text}\n`);
        return code;
    }
}

async function plan(line: CommandLine): Promise<number> {
    const say = (text: string): void => {
        if (!line.quiet) {
            process.stderr.write(`${text}\n`);
        }
    };
    say(`Planning ${line.stacks.join(", ")}`);
    const [{ planStack }, { summarize }, { writeStacks }, { report }, { document }] = await Promise.all([
        import("./plan"),
        import("./summary"),
        import("./write"),
        import("./report"),
        import("./document"),
    ]);
    const place = {
        ...(line.cwd === undefined ? {} : { root: line.cwd }),
        ...(line.cloud === undefined ? {} : { cloud: line.cloud }),
    };
    const summaries = [];
    for (const stack of line.stacks) {
        const start = performance.now();
        const plan = await planStack({ stack, ...place });
        summaries.push(summarize(plan));
        const seconds = ((performance.now() - start) / 1000).toFixed(1);
        say(`  ${stack} on ${plan.cloud}: ${plan.resources.length} resources and components in ${seconds} s`);
    }
    writeStacks(
        line.out,
        summaries.map(({ plan, files }) => ({ stack: plan.stack, files })),
    );
    say(`Written to ${line.stacks.map((stack) => `${line.out}/${stack}`).join(", ")}`);
    const paint = painter(process.stdout);
    process.stdout.write(
        line.json
            ? `${JSON.stringify(document(summaries), undefined, 2)}\n`
            : summaries.map((summary) => report(summary, paint, line.quiet)).join("\n"),
    );
    return summaries.some(({ plan }) => plan.policy.violations.length > 0) ? 1 : 0;
}

/** Whoever wrote the configuration or the command needs the message; only a bug of ours needs a stack trace. */
function explain(error: unknown): { readonly text: string; readonly code: number } {
    const message = error instanceof Error ? error.message : String(error);
    // Pulumi's own mark for errors that are the user's: `ConfigError` is one.
    const expected = error instanceof Fault || (error instanceof Error && "__pulumiRunError" in error);
    const trace = error instanceof Error ? (error.stack ?? message) : message;
    return expected ? { text: message, code: 2 } : { text: `The program failed: ${trace}`, code: 3 };
}
