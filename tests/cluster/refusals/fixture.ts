import { copyOf, isObject, type Json, type JsonObject, type KubeObject } from "../control-plane/json";

/** An object that is admitted, one change to it, and the words that the change is refused with. */
export interface Fixture {
    readonly title: string;
    /** Admitted as it is: the suite checks that too, or a refusal could have any reason. */
    readonly base: KubeObject;
    /** Fields by path, such as `spec.containers[0].name`; undefined removes one. */
    readonly set: Readonly<Record<string, Json | undefined>>;
    readonly because: RegExp;
    /** Whether the object is there when the change comes, for fields that cannot change. @default false */
    readonly live?: boolean;
}

/** The fixture's object with its flaw. */
export function flawed({ base, set }: Pick<Fixture, "base" | "set">): KubeObject {
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
        throw new Error(`no place for ${path}`);
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
