import type { PlannedResource } from "../../record/types";
import { formerUrns } from "./aliases";

/** The URNs of one stack on one cloud, each without `urn:pulumi:<stack>::<project>::`. */
export type Urns = ReadonlySet<string>;

/** What differs between the URNs that are recorded and those of a plan. */
export interface UrnChanges {
    /** Recorded, not in the plan, and no alias leads to it: the engine would delete the resource. */
    readonly lost: readonly string[];
    /** In the plan and not recorded. */
    readonly fresh: readonly string[];
    /** What to record now: the plan's, and those recorded before that an alias leads to. */
    readonly next: Urns;
}

/** Compares a plan's URNs with those that are recorded. The stack's own resource is left out: no alias can move it. */
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
        fresh: [...planned].filter((urn) => !recorded.has(urn)).sort(),
        next: new Set([...planned, ...vanished.filter((urn) => former.has(urn))]),
    };
}

/** `shop:Platform$shop:services:Microservice::user`. */
function withoutPlace(urn: string): string {
    return urn.split("::").slice(2).join("::");
}
