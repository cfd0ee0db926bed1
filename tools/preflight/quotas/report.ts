import { planStack } from "../../plan";
import type { PlannedResource } from "../../plan/record/types";
import { markdownTable } from "../../plan/report/markdown-table";
import { awsQuotas } from "./aws";
import type { QuotaNeed } from "./demand";
import { gcpQuotas } from "./gcp";

const byCloud: Readonly<Record<string, (resources: readonly PlannedResource[]) => QuotaNeed[]>> = {
    gcp: gcpQuotas,
    aws: awsQuotas,
};

/** What a stack needs of its cloud's quotas; none on an existing cluster. */
export async function quotaNeeds(stack: string, cloud?: string): Promise<QuotaNeed[]> {
    const plan = await planStack({ stack, checkPolicies: false, ...(cloud === undefined ? {} : { cloud }) });
    return byCloud[plan.cloud]?.(plan.resources) ?? [];
}

/** The needs as lines of a table. */
export function quotaTable(needs: readonly QuotaNeed[]): string[] {
    return markdownTable([
        ["Quota of the region", "Unit", "Running", "During an update"],
        ...needs.map(({ quota, unit, running, updating }) => [quota, unit, String(running), String(updating)]),
    ]);
}

/** The quotas of a stack's cloud, for the command line. */
export async function quotaLines(stack: string): Promise<readonly string[]> {
    return [
        `Quotas that ${stack} needs, computed from its plan, without volumes of pods and addresses of load balancers:`,
        ...quotaTable(await quotaNeeds(stack)),
    ];
}
