/** True for Kubernetes objects of any group. */
export function isKubernetes(type: string): boolean {
    return type.startsWith("kubernetes:");
}

/** A parsed Kubernetes type token. */
export interface ObjectType {
    /** Empty for the core group. */
    readonly group: string;
    /** Without `Patch` and `List`; empty for a bare `List`. */
    readonly kind: string;
    readonly partial: boolean;
    readonly list: boolean;
}

const parsed = new Map<string, ObjectType | undefined>();

/** Parses a type token; undefined for other types than Kubernetes objects. Cached, as there are few types. */
export function parseType(type: string): ObjectType | undefined {
    if (!parsed.has(type)) {
        parsed.set(type, parseTypeToken(type));
    }
    return parsed.get(type);
}

function parseTypeToken(type: string): ObjectType | undefined {
    const match = /^kubernetes:(?:([^/:]+)\/)?[^/:]+:([A-Za-z][A-Za-z0-9]*)$/.exec(type);
    if (match?.[2] === undefined) {
        return undefined;
    }
    const partial = match[2].endsWith("Patch");
    const bare = partial ? match[2].slice(0, -"Patch".length) : match[2];
    const list = bare.endsWith("List");
    const group = match[1] === undefined || match[1] === "core" ? "" : match[1];
    return { group, kind: list ? bare.slice(0, -"List".length) : bare, partial, list };
}
