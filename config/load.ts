import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";

import { inner } from "./fields";
import { hidden, keyPrefix } from "./validate";
import type { Problem } from "./problems";

/** Pulumi hands every value over as text, structured ones as JSON; what is no JSON stays text for the schema to refuse. */
function parsed(value: string): unknown {
    try {
        return JSON.parse(value) as unknown;
    } catch {
        return value;
    }
}

/** The SDK's own question, left out of its published types; a test notices should it go. */
const { isConfigSecret } = pulumi.runtime as unknown as { isConfigSecret: (key: string) => boolean };

/** Hides a value that stands encrypted in the stack file, wherever a typo has put it. */
function withoutSecret(problem: Problem): Problem {
    const [section] = problem.path.slice(keyPrefix.length).split(".");
    const secret = isConfigSecret(`${keyPrefix}${section ?? ""}`);
    return secret && problem.value !== undefined ? { ...problem, value: hidden } : problem;
}

/** What the stack that runs says. */
export interface RawConfig {
    readonly stack: string;
    /** The keys below the project's namespace, with their types restored. */
    readonly raw: Readonly<Record<string, unknown>>;
    /** Takes the value out of a problem where it must not be shown. */
    readonly withoutSecret: (problem: Problem) => Problem;
}

/** Reads the stack's configuration: the only place that does. */
export function readConfig(schema: z.ZodObject): RawConfig {
    const all: Readonly<Record<string, string | undefined>> = pulumi.runtime.allConfig();
    const raw: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(all)) {
        if (!name.startsWith(keyPrefix) || value === undefined) {
            continue;
        }
        const key = name.slice(keyPrefix.length);
        const type = Object.hasOwn(schema.shape, key) ? inner(schema.shape[key] as z.ZodType) : undefined;
        if (type instanceof z.ZodString || type instanceof z.ZodEnum) {
            // Whatever it holds, JSON or not, is taken to the letter.
            raw[key] = value;
        } else if (value !== "{}" || type === undefined) {
            // The CLI has no optional key but one with a default: Pulumi.yaml's for every section is to be empty.
            raw[key] = parsed(value);
        }
    }
    return { stack: pulumi.getStack(), raw, withoutSecret };
}
