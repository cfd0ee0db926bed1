/**
 * Property values as a provider sees them once secrets are unwrapped: JSON plus "not known yet".
 *
 * Secretness travels beside the values (see `wire.ts`), so that the stand-ins' rules read plain data.
 */

const mark = Symbol("not known yet");

/** Stands for a value that a preview cannot know. */
export interface Unknown {
    /** Keeps the type apart from every other. */
    readonly [mark]: true;
}

/** There is one instance, compared by identity. */
export const Unknown: { readonly value: Unknown } = { value: Object.freeze({ [mark]: true as const }) };

export type Value = null | boolean | number | string | Unknown | Value[] | Bag;

export interface Bag {
    [key: string]: Value;
}

export const isUnknown = (value: unknown): value is Unknown => value === Unknown.value;

export function isBag(value: Value | undefined): value is Bag {
    return typeof value === "object" && value !== null && !Array.isArray(value) && !isUnknown(value);
}

/** What lies at a path such as `spec.template.spec.containers`; undefined when a step is missing or unknown. */
export function at(value: Value | undefined, path: string): Value | undefined {
    let current = value;
    for (const step of path.split(".")) {
        if (Array.isArray(current)) {
            current = current[Number(step)];
        } else if (isBag(current)) {
            current = current[step];
        } else {
            return undefined;
        }
    }
    return current;
}

export function stringAt(value: Value | undefined, path: string): string | undefined {
    const found = at(value, path);
    return typeof found === "string" ? found : undefined;
}

export function numberAt(value: Value | undefined, path: string): number | undefined {
    const found = at(value, path);
    return typeof found === "number" ? found : undefined;
}

export function bagAt(value: Value | undefined, path: string): Bag | undefined {
    const found = at(value, path);
    return isBag(found) ? found : undefined;
}

/** The list at a path, without its unknown items; empty when there is none. */
export function listAt(value: Value | undefined, path: string): Value[] {
    const found = at(value, path);
    return Array.isArray(found) ? found.filter((item) => !isUnknown(item)) : [];
}

export function stringsAt(value: Value | undefined, path: string): string[] {
    return listAt(value, path).filter((item) => typeof item === "string");
}

export function bagsAt(value: Value | undefined, path: string): Bag[] {
    return listAt(value, path).filter(isBag);
}

/** True when the property is given at all, even if it is not known yet. */
export function given(bag: Bag, path: string): boolean {
    const found = at(bag, path);
    return found !== undefined && found !== null && found !== "";
}

/** True when any part of the value is not known yet. */
export function containsUnknown(value: Value | undefined): boolean {
    if (Array.isArray(value)) {
        return value.some(containsUnknown);
    }
    return isBag(value) ? Object.values(value).some(containsUnknown) : isUnknown(value);
}

/** A copy that shares nothing with the original. */
export function clone<T extends Value>(value: T): T {
    if (Array.isArray(value)) {
        return value.map((item) => clone(item)) as T;
    }
    if (isBag(value)) {
        return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, clone(item)])) as T;
    }
    return value;
}

/** `base` with `over` laid on it, bags merged key by key and everything else replaced. */
export function merge(base: Bag, over: Bag): Bag {
    const merged = clone(base);
    for (const [key, value] of Object.entries(over)) {
        const below = merged[key];
        merged[key] = isBag(below) && isBag(value) ? merge(below, value) : clone(value);
    }
    return merged;
}
