import program from "../../../index";
import { planStack, readStack, projectRoot, stackNames, type Plan } from "../../../tools/plan/index";

/** A stack on a cloud. */
export interface Case {
    readonly stack: string;
    readonly cloud: string;
}

const managedClouds = ["gcp", "aws"];

/**
 * Every stack of the project: on each managed cloud, but for those that its own file puts on a cluster that is there
 * already. A new stack file is a new case.
 */
export function cases(): readonly Case[] {
    return stackNames(projectRoot).flatMap((stack) => {
        const { project, config } = readStack(projectRoot, stack);
        const own = config.values[`${project}:cloud`] ?? "";
        return (managedClouds.includes(own) ? managedClouds : [own]).map((cloud) => ({ stack, cloud }));
    });
}

/** `prod on gcp`: how a case is named in the output. */
export function caseTitle({ stack, cloud }: Case): string {
    return `${stack} on ${cloud}`;
}

const plans = new Map<string, Promise<Plan>>();

/** The plan of a case; made once a process. The policies' verdict is another suite's matter. */
export function planOf(which: Case): Promise<Plan> {
    const key = caseTitle(which);
    const plan = plans.get(key) ?? planStack({ ...which, program, judge: false });
    plans.set(key, plan);
    return plan;
}
