import { isBag, isUnknown, type Value } from "./value";

export type ChangeKind = "add" | "delete" | "update";

/** A differing property with its path in Pulumi's notation: `spec.ports[0].name`, `metadata.labels["a/b"]`. */
export interface Change {
    readonly path: string;
    readonly kind: ChangeKind;
}

const PLAIN_KEY = /^[A-Za-z_$][\w$]*$/;

function join(path: string, key: string): string {
    if (!PLAIN_KEY.test(key)) {
        return `${path}[${JSON.stringify(key)}]`;
    }
    return path === "" ? key : `${path}.${key}`;
}

const absent = (value: Value | undefined): value is null | undefined => value === undefined || value === null;

/** Every differing leaf of two values; an absent property equals null. */
export function diff(before: Value | undefined, after: Value | undefined, path = ""): Change[] {
    if (absent(before) || absent(after)) {
        if (absent(before) && absent(after)) {
            return [];
        }
        return [{ path, kind: absent(before) ? "add" : "delete" }];
    }
    if (isUnknown(before) || isUnknown(after)) {
        return [{ path, kind: "update" }];
    }
    if (Array.isArray(before) && Array.isArray(after)) {
        const length = Math.max(before.length, after.length);
        return Array.from({ length }, (_, index) => diff(before[index], after[index], `${path}[${index}]`)).flat();
    }
    if (isBag(before) && isBag(after)) {
        const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
        return keys.flatMap((key) => diff(before[key], after[key], join(path, key)));
    }
    return before === after ? [] : [{ path, kind: "update" }];
}

/** Whether `path` is `prefix` or nested in it. */
export function below(path: string, prefix: string): boolean {
    return path === prefix || (path.startsWith(prefix) && /^[.[]/.test(path.slice(prefix.length)));
}
