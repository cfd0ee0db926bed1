import { z } from "zod";

import { isCidr } from "./formats";

/** The content of a key's documentation and error messages, stored as zod metadata. */
export interface FieldMeta {
    readonly description: string;
    /** The accepted values; completes "give ...". */
    readonly accepts: string;
    /** True where the value must come from `pulumi config set --secret`. */
    readonly secret?: boolean;
    /** Name of a record's entry in the documentation. */
    readonly entry?: string;
}

/** The metadata of a field; undefined for a schema without metadata. */
export function metaOf(schema: z.ZodType): FieldMeta | undefined {
    return z.globalRegistry.get(schema) as FieldMeta | undefined;
}

/** A schema without its `optional()`. */
export function inner(type: z.ZodType): z.ZodType {
    return type instanceof z.ZodOptional ? (type.unwrap() as z.ZodType) : type;
}

function field<T extends z.ZodType>(schema: T, meta: FieldMeta): T {
    return schema.meta({ ...meta });
}

/** An integer within inclusive bounds. */
export function whole(description: string, min: number, max: number): z.ZodInt {
    return field(z.int().min(min).max(max), { description, accepts: `a whole number from ${min} to ${max}` });
}

/** One of a fixed set of values. */
export function oneOf<const T extends readonly [string, ...string[]]>(description: string, values: T) {
    return field(z.enum(values), { description, accepts: `one of ${values.join(", ")}` });
}

export function flag(description: string): z.ZodBoolean {
    return field(z.boolean(), { description, accepts: "true or false" });
}

/** Text that matches a pattern. */
export function text(description: string, pattern: RegExp, accepts: string): z.ZodString {
    return field(z.string().regex(pattern), { description, accepts });
}

/** Text that a function checks, where a regular expression would be hard to read. */
export function checked(description: string, isValid: (value: string) => boolean, accepts: string): z.ZodString {
    return field(z.string().refine(isValid), { description, accepts });
}

/** An IPv4 network. */
export function cidr(description: string): z.ZodString {
    return checked(description, isCidr, "an IPv4 network by its first address, such as 10.0.0.0/16");
}

/** A value that is encrypted in the stack file. */
export function secretText(description: string, accepts: string): z.ZodString {
    return field(z.string().min(1), { description, accepts, secret: true });
}

/** A list of `min` to `max` items. */
export function list<T extends z.ZodType>(description: string, item: T, min: number, max: number, accepts: string) {
    return field(z.array(item).min(min).max(max), { description, accepts });
}

/** An object that rejects unknown keys. */
export function group<T extends z.ZodRawShape>(description: string, shape: T) {
    return field(z.strictObject(shape), { description, accepts: `an object with ${Object.keys(shape).join(", ")}` });
}
