import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";

import {
    comparedWithBareLoop,
    comparedWithCdk8s,
    growth,
    prepare,
    programStart,
    type Bench,
    type Row,
} from "./sections";

const help = `Usage: npm run bench -- [--rounds N]

Measures the plan of prod, each figure N times (default 7) in a separate process, and prints medians.
`;

/** Installs the benchmark's packages from its lock file unless they are installed. */
function install(): void {
    if (existsSync(join(__dirname, "node_modules", "cdk8s-cli"))) {
        return;
    }
    process.stderr.write("Installing cdk8s and esbuild for the benchmarks\n");
    const args = ["ci", "--prefix", __dirname, "--ignore-scripts", "--no-audit", "--no-fund"];
    const { status } = spawnSync("npm", args, { stdio: ["ignore", 2, 2] });
    if (status !== 0) {
        throw new Error("npm ci for the benchmarks failed; the first run needs the npm registry.");
    }
}

function print(title: string, rows: readonly Row[]): void {
    process.stdout.write(`${title}\n`);
    for (const { what, value, note } of rows) {
        process.stdout.write(`  ${what.padEnd(36)} ${value}${note === undefined ? "" : `  (${note})`}\n`);
    }
    process.stdout.write("\n");
}

async function main(): Promise<void> {
    const { values } = parseArgs({ options: { rounds: { type: "string" }, help: { type: "boolean" } } });
    const rounds = Number(values.rounds ?? 7);
    if (values.help === true || !Number.isInteger(rounds) || rounds < 1) {
        process.stdout.write(help);
        process.exitCode = values.help === true ? 0 : 2;
        return;
    }
    install();
    const work = mkdtempSync(join(tmpdir(), "bench-"));
    const bench: Bench = { rounds, work };
    const sections: readonly (readonly [string, (bench: Bench) => Row[]])[] = [
        ["prod plan compared with a bare loop and the same recorder", comparedWithBareLoop],
        ["prod plan compared with cdk8s synth of the same Kubernetes objects", comparedWithCdk8s],
        ["growth with the number of services", growth],
        ["start of the program", programStart],
    ];
    try {
        await prepare(bench);
        const processor = cpus()[0]?.model ?? "unknown processor";
        process.stdout.write(
            `Node ${process.versions.node}, ${cpus().length} x ${processor}, medians of ${rounds}\n\n`,
        );
        for (const [title, section] of sections) {
            process.stderr.write(`Measuring: ${title}\n`);
            print(title, section(bench));
        }
    } finally {
        rmSync(work, { recursive: true, force: true });
    }
}

void main();
