import { join } from "node:path";

import { workloads } from "../../catalog/workloads";
import type { PlatformConfig } from "../../components/platform";
import { platformConfig } from "../../components/platform-config";
import { problemLine } from "../../config/problems";
import { homePool } from "../../config/profiles";
import { type AwsCli, awsPreflight } from "./aws";
import { type Finding, type Kubectl, preflight, report } from "./checks";
import { quotaLines } from "./quotas/report";

/** Input and output of the command. */
export interface PreflightIo {
    /** Keys of the stack file, without the project's prefix. */
    readonly settings: (stack: string) => Readonly<Record<string, unknown>>;
    readonly kubectl: (context: string | undefined) => Kubectl;
    readonly aws: AwsCli;
    readonly print: (line: string) => void;
    /** Lines about the quotas of the stack's cloud. @default those of its plan */
    readonly quotas?: (stack: string) => Promise<readonly string[]>;
}

const usage = "usage: npm run preflight -- <stack>";

/** Runs the checks of the stack's cloud. */
function findingsOf(config: PlatformConfig, io: PreflightIo): Promise<Finding[]> {
    if (config.cloud === "aws") {
        const { account, region, zones, nodePools } = config;
        const machineTypes = [...new Set(Object.values(nodePools).map((pool) => pool.machineType))].sort();
        return awsPreflight(io.aws, { account, region, zones, machineTypes });
    }
    const { context, identity, kubeconfig, metricsServer, storageProvisioner } = config.existing;
    const poolsOfWorkloads = Object.values(workloads).map((workload) => homePool(config.profile, workload));
    // Pods of the app pool run on any node.
    const pools = [...new Set(poolsOfWorkloads)].filter((pool) => pool !== "app");
    const requirements = {
        storageProvisioner,
        dedicatedPools: config.dedicatedPools,
        pools,
        ownMetrics: metricsServer === "present",
        cluster: { context, identity, ownKubeconfig: kubeconfig !== undefined },
    };
    return preflight(io.kubectl(context), requirements);
}

/**
 * Checks whether an existing cluster, or an AWS account, meets the platform's requirements. Exit status 0 if it does, 1
 * otherwise. Separate from the plan, which never connects to a cluster or a cloud. On a cloud it also prints what the stack
 * needs of each quota.
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
    }
    if (config.cloud === "gcp") {
        return 0;
    }
    try {
        const findings = await findingsOf(config, io);
        report(findings).forEach(io.print);
        return findings.every(({ problem }) => problem === undefined) ? 0 : 1;
    } catch (error) {
        io.print(error instanceof Error ? error.message : String(error));
        return 1;
    }
}

/** Path of a stack file. */
export const stackFile = (stack: string): string => join(__dirname, "..", "..", `Pulumi.${stack}.yaml`);
