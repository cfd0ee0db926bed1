import { z } from "zod";

import { isCidr } from "./formats";

/** What a key's documentation and its error messages say; read back from zod's own metadata. */
export interface FieldMeta {
    readonly description: string;
    /** Completes "give ...": what would be accepted. */
    readonly accepts: string;
    /** True where the value must come from `pulumi config set --secret`. */
    readonly secret?: boolean;
    /** What an entry of a record is called in the documentation. */
    readonly entry?: string;
}

/** Looks a field's metadata up; undefined for a schema that was made without. */
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

/** A whole number within bounds. */
export function whole(description: string, min: number, max: number): z.ZodInt {
    return field(z.int().min(min).max(max), { description, accepts: `a whole number from ${min} to ${max}` });
}

/** One of a fixed set of words. */
export function oneOf<const T extends readonly [string, ...string[]]>(description: string, values: T) {
    return field(z.enum(values), { description, accepts: `one of ${values.join(", ")}` });
}

/** true or false. */
export function flag(description: string): z.ZodBoolean {
    return field(z.boolean(), { description, accepts: "true or false" });
}

/** Text that matches a pattern. */
export function text(description: string, pattern: RegExp, accepts: string): z.ZodString {
    return field(z.string().regex(pattern), { description, accepts });
}

/** Text that a function judges, for what no readable pattern can say. */
export function checked(description: string, isValid: (value: string) => boolean, accepts: string): z.ZodString {
    return field(z.string().refine(isValid), { description, accepts });
}

/** An IPv4 network. */
export function cidr(description: string): z.ZodString {
    return checked(description, isCidr, "an IPv4 network by its first address, such as 10.0.0.0/16");
}

/** A value that lives encrypted in the stack file. */
export function secretText(description: string, accepts: string): z.ZodString {
    return field(z.string().min(1), { description, accepts, secret: true });
}

/** A list of one kind of item, of a given length. */
export function list<T extends z.ZodType>(description: string, item: T, min: number, max: number, accepts: string) {
    return field(z.array(item).min(min).max(max), { description, accepts });
}

/** An object whose keys are all known. */
export function group<T extends z.ZodRawShape>(description: string, shape: T) {
    return field(z.strictObject(shape), { description, accepts: `an object with ${Object.keys(shape).join(", ")}` });
}
