import type { PlannedResource } from "../../record/types";
import { formerUrns } from "./aliases";

/** The URNs of one stack on one cloud, each without `urn:pulumi:<stack>::<project>::`. */
export type Urns = ReadonlySet<string>;

/** The difference between the recorded URNs and those of a plan. */
export interface UrnChanges {
    /** Recorded, but not in the plan, and no alias resolves to it: the engine would delete the resource. */
    readonly lost: readonly string[];
    /** In the plan, but not recorded. */
    readonly added: readonly string[];
    /** URNs to record: the plan's, and recorded ones to which an alias resolves. */
    readonly next: Urns;
}

/** Compares a plan's URNs with the recorded ones, without the stack's resource, which cannot have aliases. */
export function urnChanges(recorded: Urns, resources: readonly PlannedResource[]): UrnChanges {
    const planned = new Set(
        resources.filter(({ type }) => type !== "pulumi:pulumi:Stack").map(({ urn }) => withoutPlace(urn)),
    );
    const former = new Set(
        [...formerUrns(resources, (urn) => recorded.has(withoutPlace(urn)))].map((urn) => withoutPlace(urn)),
    );
    const vanished = [...recorded].filter((urn) => !planned.has(urn));
    return {
        lost: vanished.filter((urn) => !former.has(urn)).sort(),
        added: [...planned].filter((urn) => !recorded.has(urn)).sort(),
        next: new Set([...planned, ...vanished.filter((urn) => former.has(urn))]),
    };
}

/** `shop:Platform$shop:services:Microservice::user`. */
function withoutPlace(urn: string): string {
    return urn.split("::").slice(2).join("::");
}
