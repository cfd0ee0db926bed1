import type { z } from "zod";

import type { Workloads } from "../catalog/types";
import type { CoreConfig } from "./core";
import type { CoreSettings, Cloud, Tier } from "./schema";
import type { Problem } from "./problems";

/** Keys by name. Every one can be left out: a stack file holds only what differs from its tier. */
export type Keys = Readonly<Record<string, z.ZodOptional>>;

/** Keys that a part adds to a section that is not its own. */
export type Groups = Readonly<Partial<Record<Cloud, Keys>>>;

/** What a stack file says of these keys; nothing is known of keys that are not named. */
type ValuesOf<Shape extends Keys> = [keyof Shape] extends [never]
    ? unknown
    : string extends keyof Shape
      ? unknown
      : z.output<z.ZodObject<Shape>>;

type GroupsOf<Shared extends Groups> = {
    readonly [Group in keyof Shared as string extends keyof NonNullable<Shared[Group]> ? never : Group]?:
        ValuesOf<NonNullable<Shared[Group]>> | undefined;
};

/** What a stack file says, as far as a part knows: the core's keys and its own. */
export type PartSettings<Shape extends Keys, Shared extends Groups> = CoreSettings & ValuesOf<Shape> & GroupsOf<Shared>;

/** What a rule looks at. */
export interface RuleInput<Config = unknown, Settings = unknown> {
    /** The settings as written. */
    readonly settings: CoreSettings & Settings;
    /** The same, filled up. */
    readonly config: CoreConfig & Config;
    /** The catalogue. */
    readonly workloads: Workloads;
}

/** A check across keys; the paths of its problems are relative to the project's namespace. */
export type Rule<Config = unknown, Settings = unknown> = (input: RuleInput<Config, Settings>) => readonly Problem[];

/** Says what a key is where a stack file leaves it out; undefined where it is nothing. */
export type Default<Config = unknown> = (config: CoreConfig & Config) => unknown;

/**
 * What a layer contributes to the configuration: its keys, what they are by default, what they mean together, and what
 * the generated documents say of them. It is data and pure functions.
 */
export interface ConfigPart<Shape extends Keys, Shared extends Groups, Resolved extends object> {
    /** The layer's folder in `components/`, for messages and documents. */
    readonly name: string;
    /** Top-level keys, made with the functions of `fields.ts`. */
    readonly shape: Shape;
    /** Keys that it adds to the sections of the clouds. @default none */
    readonly groups?: Shared;
    /** What each tier means to the layer; the documents show every value. @default nothing */
    readonly tiers?: Readonly<Record<Tier, object>>;
    /** Fills the settings up. Two parts may fill one object together, with different keys. Pure. */
    readonly resolve: (settings: PartSettings<Shape, Shared>, core: CoreConfig) => Resolved;
    readonly rules: readonly Rule<Resolved, PartSettings<Shape, Shared>>[];
    /** The default of each key by its dotted path, with `<entry>` for a name of the user's choice. */
    readonly defaults: Readonly<Record<string, Default<Resolved>>>;
}

/** What is known of a part, or of the core, without its types. */
export interface KeyOwner {
    readonly name: string;
    readonly shape: Readonly<Record<string, z.ZodType>>;
    readonly groups?: Groups;
    readonly tiers?: Readonly<Record<Tier, object>>;
    readonly rules: readonly ((input: never) => readonly Problem[])[];
    readonly defaults: Readonly<Record<string, (config: never) => unknown>>;
}

/** A part whose types are not known: every {@link ConfigPart} is one. */
export interface AnyPart extends KeyOwner {
    readonly shape: Keys;
    readonly resolve: (settings: never, core: CoreConfig) => object;
}

/** Declares a part; its types follow from its keys and from what `resolve` returns. */
export function configPart<const Shape extends Keys, const Shared extends Groups, Resolved extends object>(
    part: ConfigPart<Shape, Shared, Resolved>,
): ConfigPart<Shape, Shared, Resolved> {
    return part;
}

/** A rule that holds on some clouds only. */
export function ruleOn<Config, Settings>(
    clouds: readonly Cloud[],
    rule: Rule<Config, Settings>,
): Rule<Config, Settings> {
    const limited: Rule<Config, Settings> = (input) => (clouds.includes(input.config.cloud) ? rule(input) : []);
    // Tests call a rule by its name.
    return Object.defineProperty(limited, "name", { value: rule.name });
}

/** The default of a key that is read on some clouds only. */
export function defaultOn<Config>(clouds: readonly Cloud[], read: Default<Config>): Default<Config> {
    return (config) => (clouds.includes(config.cloud) ? read(config) : undefined);
}

/** The default of a key that is nothing until the stack file gives a value. */
export const noDefault: Default = () => undefined;

type Defined<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> };

/** Drops keys without a value, so that a spread does not undo a default. */
export function defined<T extends object>(value: T | undefined): Defined<T> {
    return Object.fromEntries(Object.entries(value ?? {}).filter(([, entry]) => entry !== undefined)) as Defined<T>;
}
