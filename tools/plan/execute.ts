import type { CommandLine } from "./args";
import { type Failure, failureOf, printFailures } from "./failure";
import { planStack } from "./plan";
import { writeStacks } from "./render/write";
import { document } from "./report/document";
import { painter } from "./report/paint";
import { report } from "./report/report";
import { summarize, type Summary } from "./report/summary";

/**
 * Plans and renders every stack, then writes and reports all of them. Returns the exit code: 0 or 1. If a stack cannot be
 * planned, the others are still planned, so that all mistakes are printed at once; nothing is written, and the code is 2
 * or 3.
 *
 * @param unreadable stacks that cannot be planned, with the reason.
 */
export async function execute(line: CommandLine, unreadable: ReadonlyMap<string, Failure>): Promise<number> {
    const progress = (text: string): void => {
        if (!line.quiet) {
            process.stderr.write(`${text}\n`);
        }
    };
    progress(`Planning ${line.stacks.join(", ")}`);
    const summaries: Summary[] = [];
    const failures: Failure[] = [];
    for (const stack of line.stacks) {
        const result = unreadable.get(stack) ?? (await summaryOf(stack, line, progress));
        if ("code" in result) {
            failures.push(result);
        } else {
            summaries.push(result);
        }
    }
    if (failures.length > 0) {
        return printFailures(failures);
    }
    writeStacks(
        line.out,
        summaries.map(({ plan, files }) => ({ stack: plan.stack, files })),
    );
    progress(`Written to ${line.stacks.map((stack) => `${line.out}/${stack}`).join(", ")}`);
    const paint = painter(process.stdout);
    process.stdout.write(
        line.json
            ? `${JSON.stringify(document(summaries), undefined, 2)}\n`
            : summaries.map((summary) => report(summary, paint, line.quiet)).join("\n"),
    );
    return summaries.some(({ plan }) => plan.policy.violations.length > 0) ? 1 : 0;
}

/** One stack's plan with its files and figures, or the error. */
async function summaryOf(
    stack: string,
    line: CommandLine,
    progress: (text: string) => void,
): Promise<Summary | Failure> {
    const start = performance.now();
    try {
        const plan = await planStack({
            stack,
            ...(line.cwd === undefined ? {} : { root: line.cwd }),
            ...(line.cloud === undefined ? {} : { cloud: line.cloud }),
        });
        const summary = summarize(plan);
        const seconds = ((performance.now() - start) / 1000).toFixed(1);
        progress(`  ${stack} on ${plan.cloud}: ${plan.resources.length} resources and components in ${seconds} s`);
        return summary;
    } catch (error) {
        return failureOf(error, stack);
    }
}
