import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";

import { inner } from "./fields";
import { hidden, keyPrefix } from "./validate";
import type { Problem } from "./problems";

/** Pulumi passes every value as text, structured values as JSON. Invalid JSON stays text, which the schema rejects. */
function parsed(value: string): unknown {
    try {
        return JSON.parse(value) as unknown;
    } catch {
        return value;
    }
}

/** Exported by the SDK but missing in its type declarations; a test fails if it is removed. */
const { isConfigSecret } = pulumi.runtime as unknown as { isConfigSecret: (key: string) => boolean };

/** Hides a value that is encrypted in the stack file, also under a misspelt key. */
function withoutSecret(problem: Problem): Problem {
    const [section] = problem.path.slice(keyPrefix.length).split(".");
    const secret = isConfigSecret(`${keyPrefix}${section ?? ""}`);
    return secret && problem.value !== undefined ? { ...problem, value: hidden } : problem;
}

/** The configuration of the current stack, not validated. */
export interface RawConfig {
    readonly stack: string;
    /** The keys below the project's namespace, with their types restored. */
    readonly raw: Readonly<Record<string, unknown>>;
    /** Hides a problem's value if it is secret. */
    readonly withoutSecret: (problem: Problem) => Problem;
}

/** The keys below the project's namespace with their types, from the texts that Pulumi passes. Pure. */
export function restored(
    schema: z.ZodObject,
    all: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, unknown>> {
    const raw: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(all)) {
        if (!name.startsWith(keyPrefix) || value === undefined) {
            continue;
        }
        const key = name.slice(keyPrefix.length);
        const type = Object.hasOwn(schema.shape, key) ? inner(schema.shape[key] as z.ZodType) : undefined;
        if (type instanceof z.ZodString || type instanceof z.ZodEnum) {
            // Text is never parsed, even if it is valid JSON.
            raw[key] = value;
        } else if (value !== "{}" || type === undefined) {
            // The CLI requires every declared key that has no default, so Pulumi.yaml declares {} for each section.
            raw[key] = parsed(value);
        }
    }
    return raw;
}

/** Reads the stack's configuration. Nothing else reads it. */
export function readConfig(schema: z.ZodObject): RawConfig {
    return { stack: pulumi.getStack(), raw: restored(schema, pulumi.runtime.allConfig()), withoutSecret };
}
