import { join } from "node:path";

import { workloads } from "../../catalog/workloads";
import { platformConfig } from "../../components/platform-config";
import { problemLine } from "../../config/problems";
import { homePool } from "../../config/profiles";
import { type Kubectl, preflight, report } from "./checks";
import { quotaLines } from "./quotas/report";

/** Input and output of the command. */
export interface PreflightIo {
    /** Keys of the stack file, without the project's prefix. */
    readonly settings: (stack: string) => Readonly<Record<string, unknown>>;
    readonly kubectl: (context: string | undefined) => Kubectl;
    readonly print: (line: string) => void;
    /** Lines about the quotas of the stack's cloud. @default those of its plan */
    readonly quotas?: (stack: string) => Promise<readonly string[]>;
}

const usage = "usage: npm run preflight -- <stack>";

/**
 * Checks whether an existing cluster meets the platform's requirements. Exit status 0 if it does, 1 otherwise. Separate
 * from the plan, which never connects to a cluster. On a cloud it prints what the stack needs of each quota.
 */
export async function preflightCommand(args: readonly string[], io: PreflightIo): Promise<0 | 1> {
    const [stack, ...more] = args;
    if (stack === undefined || more.length > 0) {
        io.print(usage);
        return 1;
    }
    const { config, problems } = platformConfig.validate(stack, io.settings(stack), workloads);
    if (problems !== undefined) {
        problems.map(problemLine).forEach(io.print);
        return 1;
    }
    if (config.cloud !== "existing") {
        (await (io.quotas ?? quotaLines)(stack)).forEach(io.print);
        return 0;
    }
    const { context, storageProvisioner } = config.existing;
    const poolsOfWorkloads = Object.values(workloads).map((workload) => homePool(config.profile, workload));
    // Pods of the app pool run on any node.
    const pools = [...new Set(poolsOfWorkloads)].filter((pool) => pool !== "app");
    const requirements = { storageProvisioner, dedicatedPools: config.dedicatedPools, pools };
    try {
        const findings = await preflight(io.kubectl(context), requirements);
        report(findings).forEach(io.print);
        return findings.every(({ problem }) => problem === undefined) ? 0 : 1;
    } catch (error) {
        io.print(error instanceof Error ? error.message : String(error));
        return 1;
    }
}

/** Path of a stack file. */
export const stackFile = (stack: string): string => join(__dirname, "..", "..", `Pulumi.${stack}.yaml`);
