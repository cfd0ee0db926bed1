import { join } from "node:path";

import { workloads } from "../../catalog/workloads";
import { platformConfig } from "../../components/platform-config";
import { problemLine } from "../../config/problems";
import { homePool } from "../../config/profiles";
import { type Kubectl, preflight, report } from "./checks";

/** Input and output of the command. */
export interface PreflightIo {
    /** Keys of the stack file, without the project's prefix. */
    readonly settings: (stack: string) => Readonly<Record<string, unknown>>;
    readonly kubectl: (context: string | undefined) => Kubectl;
    readonly print: (line: string) => void;
}

const usage = "usage: npm run preflight -- <stack>, where Pulumi.<stack>.yaml has the cloud existing";

/**
 * Checks whether an existing cluster meets the platform's requirements. Exit status 0 if it does, 1 otherwise. Separate
 * from the plan, which never connects to a cluster.
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
        io.print(`${stack} is on ${config.cloud}, where the program creates the cluster; ${usage}`);
        return 1;
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
