import { join } from "node:path";

import { shownInputs } from "./shown-inputs";
import type { Plan } from "../../plan";
import { projectRoot } from "../../root";
import { nameOf } from "../../record/urn";

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
            ...inputsField(shownInputs(resource)),
        }),
    );
    return `[\n${lines.join(",\n")}\n]\n`;
}

function inputsField(inputs: ReturnType<typeof shownInputs>): { readonly inputs?: ReturnType<typeof shownInputs> } {
    return Object.keys(inputs).length === 0 ? {} : { inputs };
}
