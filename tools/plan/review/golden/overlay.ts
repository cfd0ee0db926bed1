import { isDeepStrictEqual } from "node:util";

import type { Json } from "../../json";
import type { Fields, Resources } from "./resources";

/** The differences between two lists of resources. */
export interface Overlay {
    readonly added: Resources;
    /** `type name` of each removed resource, sorted. */
    readonly removed: readonly string[];
    /** The changed fields, by `type name`; null for a removed field. */
    readonly changed: Resources;
}

/** The overlay that changes `from` to `to`. */
export function overlayOf(from: Resources, to: Resources): Overlay {
    const added = new Map<string, Fields>();
    const changed = new Map<string, Fields>();
    for (const [key, fields] of to) {
        const before = from.get(key);
        if (before === undefined) {
            added.set(key, fields);
            continue;
        }
        const fieldsChanged = changedFields(before, fields);
        if (Object.keys(fieldsChanged).length > 0) {
            changed.set(key, fieldsChanged);
        }
    }
    return { added, removed: [...from.keys()].filter((key) => !to.has(key)).sort(), changed };
}

function changedFields(from: Fields, to: Fields): Fields {
    const names = [...new Set([...Object.keys(from), ...Object.keys(to)])];
    const changed = names.filter((name) => !isDeepStrictEqual(from[name], to[name]));
    return Object.fromEntries(changed.map((name): [string, Json] => [name, to[name] ?? null]));
}

/**
 * Applies an overlay.
 *
 * @throws Error if it removes or changes a resource that does not exist, or adds one that exists.
 */
export function applied(from: Resources, { added, removed, changed }: Overlay): Resources {
    const result = new Map(from);
    for (const key of removed) {
        if (!result.delete(key)) {
            throw new Error(`A golden removes ${key}, which is not there.`);
        }
    }
    for (const [key, fields] of changed) {
        const before = result.get(key);
        if (before === undefined) {
            throw new Error(`A golden changes ${key}, which is not there.`);
        }
        const set = Object.entries({ ...before, ...fields }).filter(([, value]) => value !== null);
        result.set(key, Object.fromEntries(set));
    }
    for (const [key, fields] of added) {
        if (result.has(key)) {
            throw new Error(`A golden adds ${key}, which is there.`);
        }
        result.set(key, fields);
    }
    return result;
}
