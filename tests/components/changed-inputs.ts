import type { Json, PlannedResource } from "../../tools/plan";
import { isObject } from "../../tools/plan/json";
import { aws } from "../engine/providers/aws/cloud";
import { below } from "../engine/providers/core/diff";
import { gcp } from "../engine/providers/gcp/cloud";

/** An input that differs between two plans. */
export interface ChangedInput {
    /** Dotted path; a list is one value. */
    readonly path: string;
    /** Whether it forces a replacement, in the test providers as in the clouds. */
    readonly replaces: boolean;
}

/** Dotted paths of the values that differ; lists are compared as a whole. */
function paths(before: Json | undefined, after: Json | undefined, path = ""): string[] {
    if (JSON.stringify(before) === JSON.stringify(after)) {
        return [];
    }
    if (!isObject(before) || !isObject(after)) {
        return [path];
    }
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...keys].flatMap((key) => paths(before[key], after[key], path === "" ? key : `${path}.${key}`));
}

/** The inputs of a resource that differ between two plans, without those that it ignores. */
export function changedInputs(before: PlannedResource | undefined, after: PlannedResource): ChangedInput[] {
    const ignored = after.options.ignoreChanges ?? [];
    const forcing = (gcp.types[after.type] ?? aws.types[after.type])?.replaceOn ?? [];
    return paths(before?.inputs, after.inputs)
        .filter((path) => !ignored.includes(path))
        .map((path) => ({ path, replaces: forcing.some((one) => below(path, one) || below(one, path)) }));
}
