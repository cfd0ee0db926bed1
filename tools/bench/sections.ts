import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { planStack, projectRoot, renderKubernetes } from "../plan";
import type { Measurement } from "./children/measured";
import { interleaved, median, run, tsx, type Command } from "./run";

/** One line of the result. */
export interface Row {
    readonly what: string;
    readonly value: string;
    readonly note?: string;
}

/** Options of the sections. */
export interface Bench {
    /** Repetitions of each measurement; medians are printed. */
    readonly rounds: number;
    /** Temporary folder for files of the child processes. */
    readonly work: string;
}

const ms = (value: number): string => `${value.toFixed(0)} ms`;
const mebibytes = (value: number): string => `${value.toFixed(0)} MiB`;
const times = (value: number): string => `${value.toFixed(2)}x`;

/** Writes the prod plan's resources and objects to files for the child processes. */
export async function prepare({ work }: Bench): Promise<void> {
    const plan = await planStack({ stack: "prod" });
    mkdirSync(work, { recursive: true });
    writeFileSync(join(work, "resources.json"), JSON.stringify({ resources: plan.resources }));
    writeFileSync(join(work, "objects.json"), JSON.stringify(renderKubernetes(plan).map(({ manifest }) => manifest)));
}

/** (a) The prod plan compared with a loop that registers the same resources with the same recorder. */
export function comparedWithBareLoop({ rounds, work }: Bench): Row[] {
    const file = join(work, "resources.json");
    const child = (command: Command) => () => {
        const { stdout, processor } = run(command);
        const inside = JSON.parse(stdout) as Measurement;
        return { whole: processor, inside: inside.processor, memory: inside.memory, resources: inside.resources };
    };
    const [plan = [], typed = [], plain = []] = interleaved(rounds, [
        child(tsx("children/plan.ts", file)),
        child(tsx("children/bare-loop.ts", file)),
        child(tsx("children/bare-loop.ts", file, "plain")),
    ]);
    type Figures = (typeof plan)[number];
    const middle = (runs: readonly Figures[], key: keyof Figures): number => median(runs.map((one) => one[key]));
    const count = middle(plan, "resources");
    if (count !== middle(typed, "resources") || count !== middle(plain, "resources")) {
        throw new Error("The loop registered another number of resources than the plan.");
    }
    const row = (what: string, key: "whole" | "inside" | "memory", baseline: readonly Figures[]): Row => {
        const [ours, theirs] = [middle(plan, key), middle(baseline, key)];
        const unit = key === "memory" ? mebibytes : ms;
        return { what, value: times(ours / theirs), note: `${unit(ours)} to ${unit(theirs)}` };
    };
    return [
        { what: "resources and components", value: String(count) },
        row("time, start to exit (goal 1.30x)", "whole", typed),
        row("peak memory (goal 1.30x)", "memory", typed),
        row("time after loading", "inside", typed),
        row("time after loading, CustomResource", "inside", plain),
    ];
}

/** (b) The whole plan command compared with `cdk8s synth` of the same Kubernetes objects. */
export function comparedWithCdk8s({ rounds, work }: Bench): Row[] {
    const cdk8s = join(__dirname, "node_modules", "cdk8s-cli", "bin", "cdk8s");
    const out = join(work, "cdk8s");
    const synth: Command = {
        args: [cdk8s, "synth", "--output", out, "--check-upgrade", "false"],
        cwd: join(__dirname, "cdk8s"),
        env: { BENCH_OBJECTS: join(work, "objects.json") },
    };
    const plan = tsx("../plan/main.ts", "prod", "--quiet", "--out", join(work, "plan"));
    const [plans = [], synths = []] = interleaved(rounds, [() => run(plan), () => run(synth)]);
    if (!existsSync(out)) {
        throw new Error("cdk8s synth wrote nothing.");
    }
    const row = (what: string, key: "processor" | "wall"): Row => {
        const [ours, theirs] = [median(plans.map((one) => one[key])), median(synths.map((one) => one[key]))];
        return { what, value: times(ours / theirs), note: `${ms(ours)} to ${ms(theirs)}` };
    };
    return [
        row("plan command : synth, CPU time", "processor"),
        row("plan command : synth, start to exit", "wall"),
        {
            what: "Kubernetes objects in both",
            value: String(objectCount(work)),
            note: "the plan also has cloud resources",
        },
    ];
}

function objectCount(work: string): number {
    return (JSON.parse(readFileSync(join(work, "objects.json"), "utf8")) as readonly unknown[]).length;
}

/**
 * (c) CPU time per additional service, from 45 to 90 services compared with from 9 to 45: differences exclude the fixed
 * cost of a plan. The fastest of twice the rounds counts, because other load only adds time.
 */
export function growth({ rounds }: Bench): Row[] {
    const sizes = [9, 45, 90];
    const command = tsx("children/growth.ts", String(2 * rounds), ...sizes.map(String));
    const { stdout } = run({ ...command, args: ["--expose-gc", ...command.args] });
    const measured = JSON.parse(stdout) as readonly { readonly size: number; readonly runs: readonly number[] }[];
    const [small = NaN, middle = NaN, large = NaN] = measured.map(({ runs }) => Math.min(...runs));
    const early = (middle - small) / 36;
    const late = (large - middle) / 45;
    return [
        { what: "9, 45, 90 services", value: [small, middle, large].map(ms).join(", ") },
        {
            what: "additional service, late : early",
            value: times(late / early),
            note: `${late.toFixed(1)} ms each from 45 to 90, ${early.toFixed(1)} ms each from 9 to 45; goal: 0.90x to 1.10x`,
        },
    ];
}

/** (d) CPU time of a process that loads the program and exits, for each loader. */
export function programStart({ rounds, work }: Bench): Row[] {
    const bundle = join(work, "bundle.js");
    const index = join(projectRoot, "index.ts");
    run(tsx("children/bundle.ts", index, bundle));
    const loaders: readonly (readonly [string, readonly string[], string?])[] = [
        ["ts-node with type check", ["--require", "ts-node/register", index], "Pulumi's default"],
        ["ts-node, transpile only", ["--require", "ts-node/register/transpile-only", index]],
        ["tsx", ["--require", "tsx/cjs", index], "set in Pulumi.yaml"],
        ["esbuild bundle", [bundle], "built beforehand"],
        ["Node without a program", ["--eval", "0"]],
    ];
    const env = { NODE_PATH: join(projectRoot, "node_modules") };
    const starts = interleaved(
        rounds,
        loaders.map(
            ([, args]) =>
                () =>
                    run({ args, env }),
        ),
    );
    return loaders.map(([what, , remark], index) => {
        const runs = starts[index] ?? [];
        const wall = `${ms(median(runs.map((one) => one.wall)))} from start to exit`;
        return {
            what,
            value: ms(median(runs.map((one) => one.processor))),
            note: remark === undefined ? wall : `${wall}; ${remark}`,
        };
    });
}
