import type { Json, PlannedResource } from "../../tools/plan";
import { aws } from "../engine/providers/aws/cloud";
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
    const objects = [before, after].every((one) => typeof one === "object" && one !== null && !Array.isArray(one));
    if (!objects) {
        return [path];
    }
    const [one, other] = [before, after] as Record<string, Json>[];
    const keys = new Set([...Object.keys(one ?? {}), ...Object.keys(other ?? {})]);
    return [...keys].flatMap((key) => paths(one?.[key], other?.[key], path === "" ? key : `${path}.${key}`));
}

function covered(path: string, by: readonly string[]): boolean {
    return by.some((one) => path === one || path.startsWith(`${one}.`) || one.startsWith(`${path}.`));
}

/** The inputs of a resource that differ between two plans, without those that it ignores. */
export function changedInputs(before: PlannedResource | undefined, after: PlannedResource): ChangedInput[] {
    const ignored = after.options.ignoreChanges ?? [];
    const forcing = (gcp.types[after.type] ?? aws.types[after.type])?.replaceOn ?? [];
    return paths(before?.inputs, after.inputs)
        .filter((path) => !ignored.includes(path))
        .map((path) => ({ path, replaces: covered(path, forcing) }));
}
