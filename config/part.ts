import type { z } from "zod";

import type { Workloads } from "../catalog/types";
import type { CoreConfig } from "./core";
import type { CoreSettings, Cloud, Tier } from "./schema";
import type { Problem } from "./problems";

/** Keys by name. All are optional: a stack file contains only what differs from its tier. */
export type Keys = Readonly<Record<string, z.ZodOptional>>;

/** Keys that a part adds to sections of the core, such as a cloud's, or of earlier parts. */
export type Groups = Readonly<Record<string, Keys>>;

/** The values of these keys; `unknown` if the names are not known at compile time. */
type ValuesOf<Shape extends Keys> = [keyof Shape] extends [never]
    ? unknown
    : string extends keyof Shape
      ? unknown
      : z.output<z.ZodObject<Shape>>;

type GroupsOf<Shared extends Groups> = {
    readonly [Group in keyof Shared as string extends keyof NonNullable<Shared[Group]> ? never : Group]?:
        ValuesOf<NonNullable<Shared[Group]>> | undefined;
};

/** The settings that a part can read: the core's keys and its own. */
export type PartSettings<Shape extends Keys, Shared extends Groups> = CoreSettings & ValuesOf<Shape> & GroupsOf<Shared>;

/** The input of a rule. */
export interface RuleInput<Config = unknown, Settings = unknown> {
    /** The settings as written in the stack file. */
    readonly settings: CoreSettings & Settings;
    /** The resolved configuration, with defaults. */
    readonly config: CoreConfig & Config;
    readonly workloads: Workloads;
}

/** A check across keys; the paths of its problems are relative to the project's namespace. */
export type Rule<Config = unknown, Settings = unknown> = (input: RuleInput<Config, Settings>) => readonly Problem[];

/** The default of a key; undefined if it has none. */
export type Default<Config = unknown> = (config: CoreConfig & Config) => unknown;

/** A layer's part of the configuration: keys, defaults, and rules across keys. Only data and pure functions. */
export interface ConfigPart<Shape extends Keys, Shared extends Groups, Resolved extends object> {
    /** The layer's folder in `components/`, for messages and documents. */
    readonly name: string;
    /** Top-level keys, created with the functions of `fields.ts`. */
    readonly shape: Shape;
    /** Keys that the part adds to sections of the core or of earlier parts. @default none */
    readonly groups?: Shared;
    /** The layer's values in each tier, shown in the documents. @default none */
    readonly tiers?: Readonly<Record<Tier, object>>;
    /** Adds the defaults to the settings. Two parts may return the same object with different keys. Pure. */
    readonly resolve: (settings: PartSettings<Shape, Shared>, core: CoreConfig) => Resolved;
    readonly rules: readonly Rule<Resolved, PartSettings<Shape, Shared>>[];
    /** The default of each key by its dotted path, with `<entry>` for a name of the user's choice. */
    readonly defaults: Readonly<Record<string, Default<Resolved>>>;
}

/** A part, or the core, without its types. */
export interface KeyOwner {
    readonly name: string;
    readonly shape: Readonly<Record<string, z.ZodType>>;
    readonly groups?: Groups;
    readonly tiers?: Readonly<Record<Tier, object>>;
    readonly rules: readonly ((input: never) => readonly Problem[])[];
    readonly defaults: Readonly<Record<string, (config: never) => unknown>>;
}

/** Any {@link ConfigPart}, without its types. */
export interface AnyPart extends KeyOwner {
    readonly shape: Keys;
    readonly resolve: (settings: never, core: CoreConfig) => object;
}

/** Declares a part; its types are inferred from its keys and from `resolve`. */
export function configPart<const Shape extends Keys, const Shared extends Groups, Resolved extends object>(
    part: ConfigPart<Shape, Shared, Resolved>,
): ConfigPart<Shape, Shared, Resolved> {
    return part;
}

/** A rule that applies to some clouds only. */
export function ruleOn<Config, Settings>(
    clouds: readonly Cloud[],
    rule: Rule<Config, Settings>,
): Rule<Config, Settings> {
    const limited: Rule<Config, Settings> = (input) => (clouds.includes(input.config.cloud) ? rule(input) : []);
    // Tests identify a rule by its name.
    return Object.defineProperty(limited, "name", { value: rule.name });
}

/** The default of a key that applies to some clouds only. */
export function defaultOn<Config>(clouds: readonly Cloud[], read: Default<Config>): Default<Config> {
    return (config) => (clouds.includes(config.cloud) ? read(config) : undefined);
}

/** The default of a key without a default value. */
export const noDefault: Default = () => undefined;

type Defined<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> };

/** Removes keys without a value, so that a spread does not overwrite a default. */
export function defined<T extends object>(value: T | undefined): Defined<T> {
    return Object.fromEntries(Object.entries(value ?? {}).filter(([, entry]) => entry !== undefined)) as Defined<T>;
}
