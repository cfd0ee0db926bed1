import type { Tier } from "./types";

/**
 * The tier of a stack, by its name: the engine tells a pack nothing else about a stack when the state is kept in a
 * bucket or a folder. A name that says nothing is judged as production.
 */
export function tierOfStack(stack: string): Tier {
    if (/^(dev|local|test|sandbox)/.test(stack)) {
        return "dev";
    }
    return /^(stag|preprod|uat)/.test(stack) ? "staging" : "prod";
}

/** The stack that a URN belongs to: `urn:pulumi:<stack>::<project>::...`. */
export function stackOfUrn(urn: string): string {
    return /^urn:pulumi:(.*?)::/.exec(urn)?.[1] ?? "";
}

/** Reads a tier from config; undefined for anything that is none. */
export function parseTier(value: unknown): Tier | undefined {
    return value === "dev" || value === "staging" || value === "prod" ? value : undefined;
}
