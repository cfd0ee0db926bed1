import type { Tier } from "./types";

/**
 * The tier of a stack by its name, the only information that the engine gives a pack if the state is in a bucket or a
 * folder. Other names are treated as prod.
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

/** Reads a tier from config; undefined for other values. */
export function parseTier(value: unknown): Tier | undefined {
    return value === "dev" || value === "staging" || value === "prod" ? value : undefined;
}
