import { z } from "zod";

import { inner, metaOf } from "./fields";
import type { Problem } from "./problems";
import { nearest } from "./suggest";

type Path = readonly PropertyKey[];

/** Replaces a value that is, or may contain, a secret. */
export const hidden = "[secret]";

/** The namespace of all keys in a stack file. */
export const keyPrefix = "ecommerce-platform:";

/** The schema of the value at a path, or of its nearest ancestor with a schema. */
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

/** Whether a value of this schema may contain a secret, which must stay hidden under a misspelt key or in a wrong type. */
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

/** The path to remove because of a mistake at a path: for an item, the whole list, since the others are not valid alone. */
function removedPath(path: Path): Path {
    const item = path.findIndex((step) => typeof step === "number");
    return item === -1 ? path : path.slice(0, item);
}

/** A copy of the settings without invalid values, so that the rules across keys can check the others. */
function without(
    raw: Readonly<Record<string, unknown>>,
    paths: readonly Path[],
    fallbackSettings: Readonly<Record<string, string>>,
): Record<string, unknown> {
    const copy = structuredClone(raw) as Record<string, unknown>;
    for (const path of paths) {
        const owner = valueAt(copy, path.slice(0, -1));
        const last = path.at(-1);
        if (last !== undefined && typeof owner === "object" && owner !== null) {
            Reflect.deleteProperty(owner, last);
            const fallback = fallbackSettings[path.join(".")];
            if (fallback !== undefined) {
                Reflect.set(owner, last, fallback);
            }
        }
    }
    return copy;
}

/** Cloud names contain the stack's name: GKE allows 40 characters, a service account 30. */
function stackProblems(stack: string): readonly Problem[] {
    const message = "does not fit into cloud names; give 2 to 20 lower-case letters, digits and dashes, a letter first";
    return /^[a-z][-a-z0-9]{0,18}[a-z0-9]$/.test(stack) ? [] : [{ path: "name of the stack", value: stack, message }];
}

/** The resolved configuration, or all mistakes. */
export type Validation<Config> =
    | { readonly config: Config; readonly problems?: undefined }
    | { readonly config?: undefined; readonly problems: readonly Problem[] };

/** How settings are validated and resolved. */
export interface SettingsChecks<Settings, Config> {
    readonly schema: z.ZodObject;
    /** Values for required keys that are invalid, so that the other settings can be resolved; no rule reads them. */
    readonly fallbackSettings: Readonly<Record<string, string>>;
    /** Adds defaults to settings that are valid by the schema. */
    readonly resolve: (settings: Settings) => Config;
    /** Applies the rules across keys to settings that are valid by the schema. */
    readonly check: (settings: Settings, config: Config) => readonly Problem[];
}

/**
 * Validates and resolves a stack's settings. Returns the configuration, or all mistakes, each with the full key, the value
 * and the accepted values. Pure.
 *
 * @param raw the keys below the project's namespace, with their types restored
 */
export function validateSettings<Settings, Config>(
    stack: string,
    raw: Readonly<Record<string, unknown>>,
    checks: SettingsChecks<Settings, Config>,
): Validation<Config> {
    const { schema, fallbackSettings, resolve, check } = checks;
    const result = schema.safeParse(raw);
    const schemaProblems = (result.error?.issues ?? []).flatMap((issue) => problemsOf(schema, issue, raw));
    const removed = schemaProblems.map(({ path }) => removedPath(path));
    const valid = result.success ? result : schema.safeParse(without(raw, removed, fallbackSettings));
    const problems = new Map(schemaProblems.map(({ problem }) => [problem.path, problem]));
    const settings = valid.success ? (valid.data as Settings) : undefined;
    const config = settings === undefined ? undefined : resolve(settings);
    for (const problem of settings === undefined || config === undefined ? [] : check(settings, config)) {
        // A rule may have checked the default of a removed value, which is already reported.
        const isDefault = removed.some((path) => `${problem.path}.`.startsWith(`${path.join(".")}.`));
        if (!isDefault && !problems.has(problem.path)) {
            problems.set(problem.path, problem);
        }
    }
    const nameProblems = stackProblems(stack);
    if (config !== undefined && problems.size + nameProblems.length === 0) {
        return { config };
    }
    const keyed = [...problems.values()]
        .map((problem) => ({ ...problem, path: `${keyPrefix}${problem.path}` }))
        .sort((a, b) => (a.path < b.path ? -1 : 1));
    return { problems: [...nameProblems, ...keyed] };
}
