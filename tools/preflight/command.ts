import { join } from "node:path";

import { workloads } from "../../catalog/workloads";
import { platformConfig } from "../../components/platform-config";
import { problemLine } from "../../config/problems";
import { homePool } from "../../config/profiles";
import { type Kubectl, preflight, report } from "./checks";

/** What the command needs of the world. */
export interface PreflightWorld {
    /** The stack file's keys, without the project's prefix. */
    readonly settings: (stack: string) => Readonly<Record<string, unknown>>;
    readonly kubectl: (context: string | undefined) => Kubectl;
    readonly say: (line: string) => void;
}

const usage = "usage: npm run preflight -- <stack>, the name of a Pulumi.<stack>.yaml whose cloud is existing";

/**
 * Says what a cluster that is somebody else's lacks. Exit status 0 where nothing does, 1 otherwise. It asks the cluster;
 * the program itself never does while planning, so that a plan needs no cluster.
 */
export async function preflightCommand(args: readonly string[], world: PreflightWorld): Promise<0 | 1> {
    const [stack, ...more] = args;
    if (stack === undefined || more.length > 0) {
        world.say(usage);
        return 1;
    }
    const { config, problems } = platformConfig.validate(stack, world.settings(stack), workloads);
    if (problems !== undefined) {
        problems.map(problemLine).forEach(world.say);
        return 1;
    }
    if (config.cloud !== "existing") {
        world.say(`${stack} is on ${config.cloud}, where the program makes the cluster itself; ${usage}`);
        return 1;
    }
    const { context, storageProvisioner } = config.existing;
    const homes = Object.values(workloads).map((workload) => homePool(config.profile, workload));
    // Pods of the app pool run on any node.
    const pools = [...new Set(homes)].filter((pool) => pool !== "app");
    const wanted = { storageProvisioner, dedicatedPools: config.dedicatedPools, pools };
    try {
        const findings = await preflight(world.kubectl(context), wanted);
        report(findings).forEach(world.say);
        return findings.every(({ missing }) => missing === undefined) ? 0 : 1;
    } catch (error) {
        world.say(error instanceof Error ? error.message : String(error));
        return 1;
    }
}

/** Where the stack files lie. */
export const stackFile = (stack: string): string => join(__dirname, "..", "..", `Pulumi.${stack}.yaml`);
