import { z } from "zod";

import { inner, metaOf } from "./fields";
import type { Problem } from "./problems";
import { nearest } from "./suggest";

type Path = readonly PropertyKey[];

/** Shown in place of a value that is, or may hold, a secret. */
export const hidden = "[secret]";

/** The namespace that every key stands in, as the stack file writes it. */
export const keyPrefix = "ecommerce-platform:";

/** The schema of the value at a path, or of the nearest thing above it that has one. */
function schemaAt(schema: z.ZodType, path: Path): z.ZodType {
    let current: z.ZodType = schema;
    for (const step of path) {
        const type = inner(current);
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
    const bare = inner(type);
    const self = metaOf(type)?.secret === true || metaOf(bare)?.secret === true;
    return (
        self ||
        (bare instanceof z.ZodObject && Object.values(bare.shape).some((field) => holdsSecret(field as z.ZodType)))
    );
}

function problemsOf(schema: z.ZodType, issue: z.core.$ZodIssue, raw: unknown): { path: Path; problem: Problem }[] {
    if (issue.code === "unrecognized_keys") {
        const owner = inner(schemaAt(schema, issue.path));
        const known = owner instanceof z.ZodObject ? Object.keys(owner.shape) : [];
        return issue.keys.map((key) => {
            const path = [...issue.path, key];
            const message = `is not a known key; known here: ${known.join(", ")}${nearest(key, known)}`;
            const value = issue.path.length > 0 && holdsSecret(owner) ? hidden : valueAt(raw, path);
            return { path, problem: { path: path.join("."), value, message } };
        });
    }
    const type = schemaAt(schema, issue.path);
    const meta = metaOf(type) ?? metaOf(inner(type));
    const found = valueAt(raw, issue.path);
    const value = found !== undefined && holdsSecret(type) ? hidden : found;
    const verb = value === undefined ? "" : "is not valid; ";
    const message = `${verb}give ${meta?.accepts ?? "a valid value"}`;
    return [{ path: issue.path, problem: { path: issue.path.join("."), value, message } }];
}

/** What to leave out because of a mistake at a path: a list as a whole, for its other items make no sense alone. */
function refused(path: Path): Path {
    const item = path.findIndex((step) => typeof step === "number");
    return item === -1 ? path : path.slice(0, item);
}

/** A copy of the settings without what the schema refused, so that the cross-key rules can speak of the rest. */
function without(
    raw: Readonly<Record<string, unknown>>,
    paths: readonly Path[],
    standIns: Readonly<Record<string, string>>,
): Record<string, unknown> {
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

/** Cloud names are made from the stack's: GKE takes 40 characters, a service account 30. */
function stackProblems(stack: string): readonly Problem[] {
    const message = "does not fit into cloud names; give 2 to 20 lower-case letters, digits and dashes, a letter first";
    return /^[a-z][-a-z0-9]{0,18}[a-z0-9]$/.test(stack) ? [] : [{ path: "name of the stack", value: stack, message }];
}

/** The configuration filled up, or every mistake. */
export type Validation<Config> =
    | { readonly config: Config; readonly problems?: undefined }
    | { readonly config?: undefined; readonly problems: readonly Problem[] };

/** What settings are judged by. */
export interface Judgement<Settings, Config> {
    /** What it takes are settings. */
    readonly schema: z.ZodObject;
    /** Values for required keys that the schema refused: no rule reads them, but the rest needs them to be filled up. */
    readonly standIns: Readonly<Record<string, string>>;
    /** Fills settings up that the schema took. */
    readonly resolve: (settings: Settings) => Config;
    /** What the cross-key rules have to say of settings that the schema took. */
    readonly check: (settings: Settings, config: Config) => readonly Problem[];
}

/**
 * Judges a stack's settings: the configuration filled up from its tier, or every mistake at once, each with the full
 * key, the value and what would do. Pure.
 *
 * @param raw the keys below the project's namespace, with their types restored
 */
export function judge<Settings, Config>(
    stack: string,
    raw: Readonly<Record<string, unknown>>,
    by: Judgement<Settings, Config>,
): Validation<Config> {
    const { schema, standIns, resolve, check } = by;
    const result = schema.safeParse(raw);
    const shape = (result.error?.issues ?? []).flatMap((issue) => problemsOf(schema, issue, raw));
    const left = shape.map(({ path }) => refused(path));
    const rest = result.success ? result : schema.safeParse(without(raw, left, standIns));
    const problems = new Map(shape.map(({ problem }) => [problem.path, problem]));
    const settings = rest.success ? (rest.data as Settings) : undefined;
    const config = settings === undefined ? undefined : resolve(settings);
    for (const problem of settings === undefined || config === undefined ? [] : check(settings, config)) {
        // The value that a rule would complain of may only be a default standing in for one already refused.
        const standsIn = left.some((path) => `${problem.path}.`.startsWith(`${path.join(".")}.`));
        if (!standsIn && !problems.has(problem.path)) {
            problems.set(problem.path, problem);
        }
    }
    const misnamed = stackProblems(stack);
    if (config !== undefined && problems.size + misnamed.length === 0) {
        return { config };
    }
    const keyed = [...problems.values()]
        .map((problem) => ({ ...problem, path: `${keyPrefix}${problem.path}` }))
        .sort((a, b) => (a.path < b.path ? -1 : 1));
    return { problems: [...misnamed, ...keyed] };
}
