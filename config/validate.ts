import { z } from "zod";

import type { Workloads } from "../catalog/types";
import { metaOf } from "./fields";
import type { Problem } from "./problems";
import { type PlatformConfig, resolve } from "./resolve";
import { rules } from "./rules";
import { schema, type Settings } from "./schema";
import { nearest } from "./suggest";

type Path = readonly PropertyKey[];

/** Shown in place of a value that is, or may hold, a secret. */
export const hidden = "[secret]";

/** The namespace that every key stands in, as the stack file writes it. */
export const keyPrefix = "ecommerce-platform:";

function unwrap(type: z.ZodType): z.ZodType {
    return type instanceof z.ZodOptional ? (type.unwrap() as z.ZodType) : type;
}

/** The schema of the value at a path, or of the nearest thing above it that has one. */
function schemaAt(path: Path): z.ZodType {
    let current: z.ZodType = schema;
    for (const step of path) {
        const type = unwrap(current);
        let next: z.ZodType | undefined;
        if (type instanceof z.ZodObject) {
            next = type.shape[String(step)] as z.ZodType | undefined;
        } else if (type instanceof z.ZodArray) {
            next = type.element as z.ZodType;
        } else if (type instanceof z.ZodRecord) {
            next = type.valueType as z.ZodType;
        }
        if (next === undefined) {
            return current;
        }
        current = next;
    }
    return current;
}

function valueAt(value: unknown, path: Path): unknown {
    return path.reduce<unknown>(
        (current, step) => (typeof current === "object" && current !== null ? Reflect.get(current, step) : undefined),
        value,
    );
}

/** Whether a value at this schema may hold a secret: a typo beside it, or a wrong type above it, must not show it. */
function holdsSecret(type: z.ZodType): boolean {
    const inner = unwrap(type);
    const self = metaOf(type)?.secret === true || metaOf(inner)?.secret === true;
    return (
        self ||
        (inner instanceof z.ZodObject && Object.values(inner.shape).some((field) => holdsSecret(field as z.ZodType)))
    );
}

function problemsOf(issue: z.core.$ZodIssue, raw: unknown): { path: Path; problem: Problem }[] {
    if (issue.code === "unrecognized_keys") {
        const owner = unwrap(schemaAt(issue.path));
        const known = owner instanceof z.ZodObject ? Object.keys(owner.shape) : [];
        return issue.keys.map((key) => {
            const path = [...issue.path, key];
            const message = `is not a known key; known here: ${known.join(", ")}${nearest(key, known)}`;
            const value = issue.path.length > 0 && holdsSecret(owner) ? hidden : valueAt(raw, path);
            return { path, problem: { path: path.join("."), value, message } };
        });
    }
    const type = schemaAt(issue.path);
    const meta = metaOf(type) ?? metaOf(unwrap(type));
    const found = valueAt(raw, issue.path);
    const value = found !== undefined && holdsSecret(type) ? hidden : found;
    const verb = value === undefined ? "" : "is not valid; ";
    const message = `${verb}give ${meta?.accepts ?? "a valid value"}`;
    return [{ path: issue.path, problem: { path: issue.path.join("."), value, message } }];
}

/**
 * Values for required keys that the schema refused: no cross-key rule reads them, but all of them want the rest of the
 * settings. There is none for tier and cloud, on which everything else depends.
 */
const standIns: Readonly<Record<string, string>> = {
    domain: "example.com",
    "gcp.project": "project-id",
    "aws.accountId": "000000000000",
};

/** What to leave out because of a mistake at a path: a list as a whole, for its other items make no sense alone. */
function refused(path: Path): Path {
    const item = path.findIndex((step) => typeof step === "number");
    return item === -1 ? path : path.slice(0, item);
}

/** A copy of the settings without what the schema refused, so that the cross-key rules can speak of the rest. */
function without(raw: Readonly<Record<string, unknown>>, paths: readonly Path[]): Record<string, unknown> {
    const copy = structuredClone(raw) as Record<string, unknown>;
    for (const path of paths) {
        const owner = valueAt(copy, path.slice(0, -1));
        const last = path.at(-1);
        if (last !== undefined && typeof owner === "object" && owner !== null) {
            Reflect.deleteProperty(owner, last);
            const standIn = standIns[path.join(".")];
            if (standIn !== undefined) {
                Reflect.set(owner, last, standIn);
            }
        }
    }
    return copy;
}

function ruleProblems(stack: string, settings: Settings, workloads: Workloads): readonly Problem[] {
    const config = resolve(stack, settings);
    return rules.flatMap((rule) => rule({ settings, config, workloads }));
}

/** Cloud names are made from the stack's: GKE takes 40 characters, a service account 30. */
function stackProblems(stack: string): readonly Problem[] {
    const message = "does not fit into cloud names; give 2 to 20 lower-case letters, digits and dashes, a letter first";
    return /^[a-z][-a-z0-9]{0,18}[a-z0-9]$/.test(stack) ? [] : [{ path: "name of the stack", value: stack, message }];
}

export type Validation =
    | { readonly config: PlatformConfig; readonly problems?: undefined }
    | { readonly config?: undefined; readonly problems: readonly Problem[] };

/**
 * Judges a stack's settings: the configuration filled up from its tier, or every mistake at once, each with the full
 * key, the value and what would do. Pure.
 *
 * @param raw the keys below the project's namespace, with their types restored
 */
export function validate(stack: string, raw: Readonly<Record<string, unknown>>, workloads: Workloads): Validation {
    const result = schema.safeParse(raw);
    const shape = (result.error?.issues ?? []).flatMap((issue) => problemsOf(issue, raw));
    const left = shape.map(({ path }) => refused(path));
    const rest = result.success ? result : schema.safeParse(without(raw, left));
    const problems = new Map(shape.map(({ problem }) => [problem.path, problem]));
    for (const problem of rest.success ? ruleProblems(stack, rest.data, workloads) : []) {
        // The value that a rule would complain of may only be a default standing in for one already refused.
        const standsIn = left.some((path) => `${problem.path}.`.startsWith(`${path.join(".")}.`));
        if (!standsIn && !problems.has(problem.path)) {
            problems.set(problem.path, problem);
        }
    }
    const misnamed = stackProblems(stack);
    if (result.success && problems.size + misnamed.length === 0) {
        return { config: resolve(stack, result.data) };
    }
    const keyed = [...problems.values()]
        .map((problem) => ({ ...problem, path: `${keyPrefix}${problem.path}` }))
        .sort((a, b) => (a.path < b.path ? -1 : 1));
    return { problems: [...misnamed, ...keyed] };
}
