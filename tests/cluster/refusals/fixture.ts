import { copyOf, isObject, type Json, type JsonObject, type KubeObject } from "../control-plane/json";

/** A valid object, a change to it, and the API server's message when it refuses the change. */
export interface Fixture {
    readonly title: string;
    /** Valid without the change, which the suite checks first, so that the change is what is refused. */
    readonly base: KubeObject;
    /** New values by path, such as `spec.containers[0].name`; undefined removes a field. */
    readonly set: Readonly<Record<string, Json | undefined>>;
    readonly message: RegExp;
    /** Create the object before the change, for immutable fields. @default false */
    readonly live?: boolean;
}

/** A copy of the object with its fields changed. */
export function withChanges({ base, set }: Pick<Fixture, "base" | "set">): KubeObject {
    const object = copyOf(base);
    for (const [path, value] of Object.entries(set)) {
        const keys = path.split(/[.[\]]+/).filter((key) => key !== "");
        put(object, keys, value, path);
    }
    return object;
}

function put(target: Json, keys: readonly string[], value: Json | undefined, path: string): void {
    const [key, ...rest] = keys;
    if (key === undefined || typeof target !== "object" || target === null) {
        throw new Error(`${path} does not exist`);
    }
    const holder = (Array.isArray(target) ? target : target) as JsonObject;
    if (rest.length > 0) {
        const next = holder[key];
        if (!isObject(next) && !Array.isArray(next)) {
            holder[key] = {};
        }
        put(holder[key] ?? null, rest, value, path);
    } else if (value === undefined) {
        Reflect.deleteProperty(holder, key);
    } else {
        holder[key] = value;
    }
}
