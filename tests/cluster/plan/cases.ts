import program from "../../../index";
import { planStack, readStack, projectRoot, stackNames, type Plan } from "../../../tools/plan/index";

/** A stack on a cloud. */
export interface Case {
    readonly stack: string;
    readonly cloud: string;
}

const managedClouds = ["gcp", "aws"];

/**
 * Every stack of the project: on both managed clouds when its file names one of them, else on the cloud of its file. A new
 * stack file is a new case.
 */
export function cases(): readonly Case[] {
    return stackNames(projectRoot).flatMap((stack) => {
        const { project, config } = readStack(projectRoot, stack);
        const own = config.values[`${project}:cloud`] ?? "";
        return (managedClouds.includes(own) ? managedClouds : [own]).map((cloud) => ({ stack, cloud }));
    });
}

/** Title of a case, for example `prod on gcp`. */
export function caseTitle({ stack, cloud }: Case): string {
    return `${stack} on ${cloud}`;
}

const plans = new Map<string, Promise<Plan>>();

/** The plan of a case, cached for the process and without policy findings. */
export function planOf(which: Case): Promise<Plan> {
    const key = caseTitle(which);
    const plan = plans.get(key) ?? planStack({ ...which, program, checkPolicies: false });
    plans.set(key, plan);
    return plan;
}
