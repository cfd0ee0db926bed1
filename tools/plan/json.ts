/** Values of a plan. JSON can represent them all, so a plan read from disk equals the one that was written. */
export type Json = null | boolean | number | string | Json[] | JsonObject;

/** An object of {@link Json} values. */
export interface JsonObject {
    [key: string]: Json;
}

/** True for objects that are not arrays. */
export function isObject(value: unknown): value is JsonObject {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Reads `value.a.b.c`; undefined if a step is missing or not an object. */
export function at(value: Json | undefined, ...keys: readonly string[]): Json | undefined {
    let found = value;
    for (const key of keys) {
        if (!isObject(found)) {
            return undefined;
        }
        found = found[key];
    }
    return found;
}

/** Like {@link at}, for strings. */
export function textAt(value: Json | undefined, ...keys: readonly string[]): string | undefined {
    const found = at(value, ...keys);
    return typeof found === "string" ? found : undefined;
}

/** Like {@link at}, for numbers. */
export function numberAt(value: Json | undefined, ...keys: readonly string[]): number | undefined {
    const found = at(value, ...keys);
    return typeof found === "number" ? found : undefined;
}

/** Like {@link at}, for lists; empty if there is none. */
export function listAt(value: Json | undefined, ...keys: readonly string[]): Json[] {
    const found = at(value, ...keys);
    return Array.isArray(found) ? found : [];
}
