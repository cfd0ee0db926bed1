import { planDocument, type Summary } from "./summary";

/** The output of `--json`: for each stack the plan as in `plan.json`, and the figures of the report. */
export function document(summaries: readonly Summary[]): { readonly stacks: readonly object[] } {
    return {
        stacks: summaries.map(({ plan, tree, capacity, scenarios, standIns, byTag = [] }) => ({
            ...planDocument(plan),
            tree,
            capacity,
            scenarios,
            standIns,
            byTag,
        })),
    };
}
