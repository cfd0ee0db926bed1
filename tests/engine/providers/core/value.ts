/**
 * Property values of a provider after decoding: JSON and unknown values. Secret paths are kept separately (see `wire.ts`),
 * so that rules read plain data.
 */

const mark = Symbol("not known yet");

/** A value that is not known in a preview. */
export interface Unknown {
    /** Makes the type nominal. */
    readonly [mark]: true;
}

/** The only instance, compared by identity. */
export const Unknown: { readonly value: Unknown } = { value: Object.freeze({ [mark]: true as const }) };

export type Value = null | boolean | number | string | Unknown | Value[] | Bag;

export interface Bag {
    [key: string]: Value;
}

export const isUnknown = (value: unknown): value is Unknown => value === Unknown.value;

export function isBag(value: Value | undefined): value is Bag {
    return typeof value === "object" && value !== null && !Array.isArray(value) && !isUnknown(value);
}

/** Value at a path such as `spec.template.spec.containers`; undefined when a step is missing or unknown. */
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

/** The known items of the list at a path. */
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

/** Whether the property is set, including to an unknown value. */
export function given(bag: Bag, path: string): boolean {
    const found = at(bag, path);
    return found !== undefined && found !== null && found !== "";
}

/** Whether any part of the value is unknown. */
export function containsUnknown(value: Value | undefined): boolean {
    if (Array.isArray(value)) {
        return value.some(containsUnknown);
    }
    return isBag(value) ? Object.values(value).some(containsUnknown) : isUnknown(value);
}

/** A deep copy. */
export function clone<T extends Value>(value: T): T {
    if (Array.isArray(value)) {
        return value.map((item) => clone(item)) as T;
    }
    if (isBag(value)) {
        return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, clone(item)])) as T;
    }
    return value;
}

/** `base` overridden by `over`; bags are merged recursively, other values replaced. */
export function merge(base: Bag, over: Bag): Bag {
    const merged = clone(base);
    for (const [key, value] of Object.entries(over)) {
        const below = merged[key];
        merged[key] = isBag(below) && isBag(value) ? merge(below, value) : clone(value);
    }
    return merged;
}

/** Sets the value at a dotted path. */
export function put(bag: Bag, path: string, value: Value): void {
    const steps = path.split(".");
    const last = steps.pop() ?? "";
    let current = bag;
    for (const step of steps) {
        const next = current[step];
        const nested: Bag = isBag(next) ? next : {};
        current[step] = nested;
        current = nested;
    }
    current[last] = value;
}

/** The value of an object or a list that is given as JSON text; every other value as it is. */
export function fromJson(value: Value): Value {
    return typeof value === "string" && /^[[{]/.test(value) ? (JSON.parse(value) as Value) : value;
}
