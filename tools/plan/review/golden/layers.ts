import { isDeepStrictEqual } from "node:util";

import type { GoldenCase } from "./cases";
import { applied, type Overlay, overlayOf } from "./overlay";
import type { Fields, Resources } from "./resources";

/** The lists of all stacks and clouds, without repeating equal resources and values. */
export interface Layers {
    /** Resources and values of every cloud. */
    readonly base: Resources;
    /** By cloud: how most of its stacks differ from the base. */
    readonly clouds: ReadonlyMap<string, Overlay>;
    /** By stack: how it differs on each of its clouds from the cloud's other stacks. */
    readonly stacks: ReadonlyMap<string, Overlay>;
    /** By {@link caseName}: the other differences. */
    readonly own: ReadonlyMap<string, Overlay>;
}

/** One stack's list on one cloud. */
export interface CaseResources extends GoldenCase {
    readonly resources: Resources;
}

/** `prod-gcp`. */
export function caseName({ stack, cloud }: GoldenCase): string {
    return `${stack}-${cloud}`;
}

/** Splits lists into layers. If no value is the most common in a cloud's stacks, the first list decides. */
export function layersOf(cases: readonly CaseResources[]): Layers {
    const commonByCloud = new Map(
        unique(cases, "cloud").map((cloud) => [cloud, majority(listsOf(cases.filter((one) => one.cloud === cloud)))]),
    );
    const differences = cases.map((one) => ({
        ...one,
        overlay: overlayOf(listOf(commonByCloud, one.cloud), one.resources),
    }));
    const stacks = new Map(
        unique(cases, "stack").map((stack) => [
            stack,
            commonOverlay(differences.filter((one) => one.stack === stack).map(({ overlay }) => overlay)),
        ]),
    );
    const base = intersection([...commonByCloud.values()]);
    return {
        base,
        clouds: new Map([...commonByCloud].map(([cloud, resources]) => [cloud, overlayOf(base, resources)])),
        stacks,
        own: new Map(
            cases.map((one) => {
                const before = applied(listOf(commonByCloud, one.cloud), stacks.get(one.stack) ?? nothing);
                return [caseName(one), overlayOf(before, one.resources)];
            }),
        ),
    };
}

/** The full list of one stack on one cloud. */
export function resourcesOf({ base, clouds, stacks, own }: Layers, one: GoldenCase): Resources {
    const overlays = [clouds.get(one.cloud), stacks.get(one.stack), own.get(caseName(one))];
    return overlays.reduce<Resources>((resources, overlay) => applied(resources, overlay ?? nothing), base);
}

const nothing: Overlay = { added: new Map(), removed: [], changed: new Map() };

function unique(cases: readonly CaseResources[], part: "cloud" | "stack"): string[] {
    return [...new Set(cases.map((one) => one[part]))];
}

function listsOf(cases: readonly CaseResources[]): Resources[] {
    return cases.map(({ resources }) => resources);
}

function listOf(lists: ReadonlyMap<string, Resources>, name: string): Resources {
    return lists.get(name) ?? new Map();
}

function ofKey(list: Resources, key: string): Fields[] {
    const fields = list.get(key);
    return fields === undefined ? [] : [fields];
}

/** Resources in at least half of the lists, with the most common value of each field. */
function majority(lists: readonly Resources[]): Resources {
    const result = new Map<string, Fields>();
    for (const key of new Set(lists.flatMap((list) => [...list.keys()]))) {
        const found = lists.flatMap((list): Fields[] => ofKey(list, key));
        if (found.length * 2 >= lists.length) {
            const names = new Set(found.flatMap((fields) => Object.keys(fields)));
            const values = [...names].map((name) => [name, mostCommon(found.map((fields) => fields[name]))] as const);
            result.set(key, Object.fromEntries(values.filter(([, value]) => value !== undefined)) as Fields);
        }
    }
    return result;
}

/** The most common value; the first of several. */
function mostCommon<T>(values: readonly T[]): T | undefined {
    const counts = values.map((value) => values.filter((other) => isDeepStrictEqual(value, other)).length);
    return values[counts.indexOf(Math.max(...counts))];
}

/** Resources in all lists, with the fields that are equal in all. */
function intersection([first = new Map(), ...others]: readonly Resources[]): Resources {
    const keys = [...first.keys()].filter((key) => others.every((other) => other.has(key)));
    return new Map(
        keys.map((key) => {
            const fields = Object.entries(first.get(key) ?? {}).filter(([name, value]) =>
                others.every((other) => isDeepStrictEqual(other.get(key)?.[name], value)),
            );
            return [key, Object.fromEntries(fields)];
        }),
    );
}

/** The changes that are in all overlays. */
function commonOverlay([first = nothing, ...others]: readonly Overlay[]): Overlay {
    const changed = [...first.changed].map(([key, fields]): [string, Fields] => {
        const same = Object.entries(fields).filter(([name, value]) =>
            others.every((other) => isDeepStrictEqual(other.changed.get(key)?.[name], value)),
        );
        return [key, Object.fromEntries(same)];
    });
    return {
        added: new Map(
            [...first.added].filter(([key, fields]) =>
                others.every((other) => isDeepStrictEqual(other.added.get(key), fields)),
            ),
        ),
        removed: first.removed.filter((key) => others.every((other) => other.removed.includes(key))),
        changed: new Map(changed.filter(([, fields]) => Object.keys(fields).length > 0)),
    };
}
