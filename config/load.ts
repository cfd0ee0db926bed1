import * as pulumi from "@pulumi/pulumi";

import type { Workloads } from "../catalog/types";
import { ConfigError, type Problem } from "./problems";
import type { PlatformConfig } from "./resolve";
import { hidden, keyPrefix, validate } from "./validate";

/** Keys whose value is text: whatever they hold, JSON or not, is taken to the letter. */
const textKeys = new Set(["tier", "cloud", "domain"]);

/** Pulumi hands every value over as text, structured ones as JSON; what is no JSON stays text for the schema to refuse. */
function typed(key: string, value: string): unknown {
    if (textKeys.has(key)) {
        return value;
    }
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

/**
 * Reads the stack's configuration: the only place that does. Throws a {@link ConfigError} with every mistake at once,
 * before any resource is registered.
 */
export function loadConfig(workloads: Workloads): PlatformConfig {
    const stack = pulumi.getStack();
    const all: Readonly<Record<string, string | undefined>> = pulumi.runtime.allConfig();
    const raw: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(all)) {
        if (name.startsWith(keyPrefix) && value !== undefined) {
            const key = name.slice(keyPrefix.length);
            // The CLI has no optional key but one with a default: Pulumi.yaml's for every section is to be empty.
            if (value !== "{}") {
                raw[key] = typed(key, value);
            }
        }
    }
    const { config, problems } = validate(stack, raw, workloads);
    if (problems !== undefined) {
        throw new ConfigError(stack, problems.map(withoutSecret));
    }
    return config;
}
