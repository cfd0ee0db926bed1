import type { CommandLine } from "./args";
import { document } from "./report/document";
import { painter } from "./report/paint";
import { planStack } from "./plan";
import { report } from "./report/report";
import { summarize, type Summary } from "./report/summary";
import { writeStacks } from "./render/write";

/** Plans, judges and renders every stack, then writes and reports them all. Returns the exit code: 0 or 1. */
export async function execute(line: CommandLine): Promise<number> {
    const say = (text: string): void => {
        if (!line.quiet) {
            process.stderr.write(`${text}\n`);
        }
    };
    say(`Planning ${line.stacks.join(", ")}`);
    const place = {
        ...(line.cwd === undefined ? {} : { root: line.cwd }),
        ...(line.cloud === undefined ? {} : { cloud: line.cloud }),
    };
    const summaries: Summary[] = [];
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
