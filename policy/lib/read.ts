import { isUnknownValueError } from "./unknown";

/** A value inside a resource's inputs, with the path that a message can print. */
export interface Node {
    readonly value: unknown;
    readonly path: string;
}

/**
 * What one read gave. `absent` covers unset and `null` alike, as the API server does; `unknown` is a value that only
 * the update will tell.
 */
export type Leaf =
    | { readonly state: "absent"; readonly path: string; readonly value?: undefined }
    | { readonly state: "known"; readonly path: string; readonly value: unknown }
    | { readonly state: "unknown"; readonly path: string; readonly value?: undefined };

/** What a guarded read gave: the value, or the news that it is not known yet. */
export type Attempt<T> = { readonly known: true; readonly value: T } | { readonly known: false };

/** Runs one narrow read. Only "unknown during preview" is caught: every other error is a bug and must surface. */
export function tryRead<T>(read: () => T): Attempt<T> {
    try {
        return { known: true, value: read() };
    } catch (error) {
        if (isUnknownValueError(error)) {
            return { known: false };
        }
        throw error;
    }
}

/** Own keys of an object. Names are always known, so this never meets an unknown; other values have no keys. */
export function keysOf(value: unknown): string[] {
    return isObject(value) ? Object.keys(value) : [];
}

/** True for objects and arrays; proxies included. */
export function isObject(value: unknown): value is Record<string, unknown> {
    return typeof value === "object" && value !== null;
}

/** Reads `node.a.b.c` one step at a time, and stops at the first step that is absent or unknown. */
export function leaf(node: Node, ...keys: readonly string[]): Leaf {
    let { value, path } = node;
    for (const [index, key] of keys.entries()) {
        path = (isObject(value) ? origins.get(value)?.[key] : undefined) ?? join(path, key);
        if (!isObject(value) || !Object.hasOwn(value, key)) {
            return { state: "absent", path: tail(path, keys.slice(index + 1)) };
        }
        const holder = value;
        const step = tryRead(() => holder[key]);
        if (!step.known || isUnknownObject(step.value)) {
            return { state: "unknown", path };
        }
        value = step.value;
    }
    return value === undefined || value === null ? { state: "absent", path } : { state: "known", path, value };
}

/** Whether `key` is set to anything but `null`. An unknown value counts as set. */
export function isSet(node: Node, key: string): boolean {
    return leaf(node, key).state !== "absent";
}

/** The elements of a list, each as a read of its own; `unknown` is true when the list itself is not known. */
export function elements(
    node: Node,
    ...keys: readonly string[]
): { readonly unknown: boolean; readonly items: Leaf[] } {
    const found = keys.length === 0 ? ({ state: "known", ...node } as const) : leaf(node, ...keys);
    if (found.state !== "known" || !Array.isArray(found.value)) {
        return { unknown: found.state === "unknown", items: [] };
    }
    const items: Leaf[] = [];
    for (let index = 0; index < found.value.length; index += 1) {
        items.push(leaf({ value: found.value, path: found.path }, String(index)));
    }
    return { unknown: false, items };
}

/** The text of a leaf, or undefined when it is no known string. */
export function text(found: Leaf): string | undefined {
    return found.state === "known" && typeof found.value === "string" ? found.value : undefined;
}

/** Where the fields of an {@link assembled} object were read. */
const origins = new WeakMap<object, Readonly<Record<string, string>>>();

/**
 * An object put together from fields that lie apart in the inputs. A read of it gives each field's own path, and knows
 * which are unknown, as if the field had been read where it is.
 */
export function assembled(fields: Readonly<Record<string, Leaf>>): Record<string, unknown> {
    const entries = Object.entries(fields);
    const values = entries.flatMap(([key, { state, value }]): [string, unknown][] =>
        state === "absent" ? [] : [[key, state === "unknown" ? { __pulumiUnknown: true } : value]],
    );
    const result = Object.fromEntries(values);
    origins.set(result, Object.fromEntries(entries.map(([key, { path }]) => [key, path])));
    return result;
}

/** As {@link assembled}, for a list. */
export function assembledList(items: readonly Leaf[]): unknown[] {
    const result = items.map(({ state, value }) => (state === "unknown" ? { __pulumiUnknown: true } : value));
    origins.set(result, Object.fromEntries(items.map(({ path }, index) => [String(index), path])));
    return result;
}

/** Inside a program an unknown is an object of the SDK's, not the constant that the engine sends. */
function isUnknownObject(value: unknown): boolean {
    return isObject(value) && value["__pulumiUnknown"] === true;
}

function tail(path: string, keys: readonly string[]): string {
    return keys.reduce(join, path);
}

function join(path: string, key: string): string {
    if (/^\d+$/.test(key)) {
        return `${path}[${key}]`;
    }
    if (!/^[A-Za-z_][A-Za-z0-9_-]*$/.test(key)) {
        return `${path}[${JSON.stringify(key)}]`;
    }
    return path === "" ? key : `${path}.${key}`;
}
