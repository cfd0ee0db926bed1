import { planDocument, type Summary } from "./summary";

/** What `--json` prints: for each stack its plan as in `plan.json`, and the figures that the report shows. */
export function document(summaries: readonly Summary[]): { readonly stacks: readonly object[] } {
    return {
        stacks: summaries.map(({ plan, tree, capacity, standIns }) => ({
            ...planDocument(plan),
            tree,
            capacity,
            standIns,
        })),
    };
}
