import { isUnknownValueError } from "./unknown";

/** A value inside a resource's inputs, with its path for messages. */
export interface Node {
    readonly value: unknown;
    readonly path: string;
}

/**
 * Result of reading a field. `absent` is unset or `null`, which the API server treats alike; `unknown` is a value that is
 * known only after the update.
 */
export type Leaf =
    | { readonly state: "absent"; readonly path: string; readonly value?: undefined }
    | { readonly state: "known"; readonly path: string; readonly value: unknown }
    | { readonly state: "unknown"; readonly path: string; readonly value?: undefined };

/** Result of {@link tryRead}. */
export type Attempt<T> = { readonly known: true; readonly value: T } | { readonly known: false };

/** Runs a read and catches only the error for unknown values; other errors are bugs and propagate. */
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

/** Own keys of an object, which are always known; none for other values. */
export function keysOf(value: unknown): string[] {
    return isObject(value) ? Object.keys(value) : [];
}

/** True for objects and arrays, including proxies. */
export function isObject(value: unknown): value is Record<string, unknown> {
    return typeof value === "object" && value !== null;
}

/** Reads `node.a.b.c` step by step, up to the first absent or unknown step. */
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

/** The elements of a list, each read separately; `unknown` is true if the list itself is unknown. */
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

/** The string of a leaf; undefined if it is not a known string. */
export function text(found: Leaf): string | undefined {
    return found.state === "known" && typeof found.value === "string" ? found.value : undefined;
}

/** Original paths of the fields of an {@link assembled} object. */
const origins = new WeakMap<object, Readonly<Record<string, string>>>();

/**
 * An object assembled from fields at different places of the inputs. Reading a field returns its original path, and
 * `unknown` if the original is unknown.
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

/** Like {@link assembled}, for a list. */
export function assembledList(items: readonly Leaf[]): unknown[] {
    const result = items.map(({ state, value }) => (state === "unknown" ? { __pulumiUnknown: true } : value));
    origins.set(result, Object.fromEntries(items.map(({ path }, index) => [String(index), path])));
    return result;
}

/** Inside a program an unknown value is an object of the SDK, not the constant that the engine sends. */
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
