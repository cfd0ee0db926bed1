import { join } from "node:path";

import { factsOf } from "./facts";
import type { Plan } from "./plan";
import { projectRoot } from "./root";
import { nameOf } from "./urn";

/** Every stack and cloud that has a golden plan; a replica has a region, which a cluster that exists has not. */
export const goldenCases = [
    ...["dev", "staging", "prod"].flatMap((stack) => ["gcp", "aws", "existing"].map((cloud) => ({ stack, cloud }))),
    ...["gcp", "aws"].map((cloud) => ({ stack: "prod-dr", cloud })),
];

/** The file of a stack's golden plan on a cloud. */
export function goldenPath(stack: string, cloud: string): string {
    return join(projectRoot, "tests", "stacks", "golden", `${stack}-${cloud}.json`);
}

/**
 * A plan with one line a resource, for people to review: what it is, where it hangs, who provides it, and the few
 * inputs that security depends on.
 */
export function goldenText({ resources }: Pick<Plan, "resources">): string {
    const lines = resources.map((resource) =>
        JSON.stringify({
            type: resource.type,
            name: resource.name,
            ...(resource.parent === undefined ? {} : { parent: nameOf(resource.parent) }),
            // Components have none; a resource without one of its own uses its package's default provider.
            ...(resource.custom
                ? { provider: resource.provider === undefined ? "default" : nameOf(resource.provider) }
                : {}),
            ...factsField(factsOf(resource)),
        }),
    );
    return `[\n${lines.join(",\n")}\n]\n`;
}

function factsField(inputs: ReturnType<typeof factsOf>): { readonly inputs?: ReturnType<typeof factsOf> } {
    return Object.keys(inputs).length === 0 ? {} : { inputs };
}
