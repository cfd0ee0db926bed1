import { z } from "zod";

import type { Workloads } from "../catalog/types";
import { core, type CoreConfig, resolveCore } from "./core";
import { type CoreSettings, fallbackSettings } from "./schema";
import { group, inner, metaOf } from "./fields";
import { validateSettings, type Validation } from "./validate";
import { type Pins, readPins } from "./image-lock";
import { readConfig } from "./load";
import type { AnyPart, Keys, PartSettings, Rule } from "./part";
import { ConfigError } from "./problems";

/** Joins the configurations of all parts of a union into one type. */
type JoinedConfig<Part extends AnyPart> = (
    Part extends AnyPart ? (all: ReturnType<Part["resolve"]>) => void : never
) extends (all: infer All) => void
    ? All
    : never;

/** Joins the settings of all parts of a union into one type. */
type JoinedSettings<Part extends AnyPart> = (
    Part extends AnyPart ? (all: PartSettings<Part["shape"], NonNullable<Part["groups"]>>) => void : never
) extends (all: infer All) => void
    ? All
    : never;

/** The resolved configuration of the core and of a list of parts. */
export type ConfigOf<Parts extends readonly AnyPart[]> = CoreConfig & JoinedConfig<Parts[number]>;

/** The keys of a stack file with a list of parts. */
export type SettingsOf<Parts extends readonly AnyPart[]> = CoreSettings & JoinedSettings<Parts[number]>;

/** The whole configuration, composed from the core and the parts of the layers. */
export interface ComposedConfig<Parts extends readonly AnyPart[]> {
    readonly parts: Parts;
    /** Every key of a stack file under `ecommerce-platform:`. Nothing else is accepted. */
    readonly schema: z.ZodObject;
    /** The rules across keys, the core's first. */
    readonly rules: readonly Rule<ConfigOf<Parts>, SettingsOf<Parts>>[];
    /** Adds the tier's defaults to a stack's settings. Pure; the settings must be valid by the schema. */
    readonly resolve: (stack: string, settings: SettingsOf<Parts>, pins?: Pins) => ConfigOf<Parts>;
    /**
     * The configuration, or every mistake at once. Pure.
     *
     * @param raw the keys below the project's namespace, with their types restored
     * @param pins the digests of images. @default none
     */
    readonly validate: (
        stack: string,
        raw: Readonly<Record<string, unknown>>,
        workloads: Workloads,
        pins?: Pins,
    ) => Validation<ConfigOf<Parts>>;
    /**
     * The configuration of the stack that Pulumi runs. Throws a {@link ConfigError} with every mistake at once, before
     * any resource is registered.
     *
     * @param pins the digests of images. @default those of `images.lock.json`
     */
    readonly load: (workloads: Workloads, pins?: Pins) => ConfigOf<Parts>;
}

/** Records which part declares which key. */
class Owners {
    private readonly owners = new Map<string, string>();

    /** Throws if another part has the key. */
    public claim(key: string, part: string): void {
        const owner = this.owners.get(key);
        if (owner !== undefined) {
            throw new Error(`Both ${owner} and ${part} declare the configuration key ${key}; leave it in one of them`);
        }
        this.owners.set(key, part);
    }

    /** Records an object to which other parts may add keys. */
    public share(key: string, part: string): void {
        this.owners.set(key, this.owners.get(key) ?? part);
    }
}

/** A section with keys added after its own. */
function extended(section: z.ZodType, keys: Keys): z.ZodOptional {
    const own = inner(section);
    const description = metaOf(own)?.description;
    if (!(own instanceof z.ZodObject) || description === undefined) {
        throw new Error("Only a section created with group() of config/fields.ts can have further keys");
    }
    return group(description, { ...(own.shape as Record<string, z.ZodType>), ...keys }).optional();
}

function composeSchema(parts: readonly AnyPart[]): z.ZodObject {
    const owners = new Owners();
    const shape: Record<string, z.ZodType> = { ...core.shape };
    for (const [key, type] of Object.entries(shape)) {
        owners.claim(key, core.name);
        const section = inner(type);
        const below = section instanceof z.ZodObject ? Object.keys(section.shape) : [];
        below.forEach((name) => {
            owners.claim(`${key}.${name}`, core.name);
        });
    }
    for (const { name, shape: own, groups = {} } of parts) {
        for (const [key, type] of Object.entries(own)) {
            owners.claim(key, name);
            shape[key] = type;
        }
        for (const [section, keys] of Object.entries(groups)) {
            Object.keys(keys).forEach((key) => {
                owners.claim(`${section}.${key}`, name);
            });
            shape[section] = extended(shape[section] ?? z.unknown(), keys);
        }
    }
    return z.strictObject(shape);
}

function isObject(value: unknown): value is object {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Merges the parts' configurations, and objects with the same name if their keys differ. */
function merged(configs: readonly (readonly [part: string, config: object])[]): object {
    const owners = new Owners();
    const all = new Map<string, unknown>();
    for (const [part, config] of configs) {
        for (const [key, value] of Object.entries(config) as [string, unknown][]) {
            const before = all.get(key) ?? {};
            if (isObject(value) && isObject(before)) {
                owners.share(key, part);
                Object.keys(value).forEach((name) => {
                    owners.claim(`${key}.${name}`, part);
                });
                all.set(key, { ...before, ...value });
            } else {
                owners.claim(key, part);
                all.set(key, value);
            }
        }
    }
    return Object.fromEntries(all);
}

/** Composes the configuration of the core and of the layers' parts. Throws if two parts declare or resolve the same key. */
export function composeConfig<const Parts extends readonly AnyPart[]>(parts: Parts): ComposedConfig<Parts> {
    type Config = ConfigOf<Parts>;
    type Settings = SettingsOf<Parts>;
    const schema = composeSchema(parts);
    // The whole configuration contains each part's, which the type of a list cannot express.
    const rules = [core, ...parts].flatMap((part) => part.rules) as unknown as readonly Rule<Config, Settings>[];
    const resolve = (stack: string, settings: Settings, pins: Pins = {}): Config => {
        const base = resolveCore(stack, settings, pins);
        const others = parts.map((part) => [part.name, part.resolve(settings as never, base)] as const);
        return merged([[core.name, base], ...others]) as Config;
    };
    const validate = (stack: string, raw: Readonly<Record<string, unknown>>, workloads: Workloads, pins: Pins = {}) =>
        validateSettings(stack, raw, {
            schema,
            fallbackSettings,
            resolve: (settings: Settings) => resolve(stack, settings, pins),
            check: (settings, config) => rules.flatMap((rule) => rule({ settings, config, workloads })),
        });
    const load = (workloads: Workloads, pins: Pins = readPins()): Config => {
        const { stack, raw, withoutSecret } = readConfig(schema);
        const { config, problems } = validate(stack, raw, workloads, pins);
        if (problems !== undefined) {
            throw new ConfigError(stack, problems.map(withoutSecret));
        }
        return config;
    };
    return { parts, schema, rules, resolve, validate, load };
}
