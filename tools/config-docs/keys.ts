import { z } from "zod";

import { inner, metaOf } from "../../config/fields";

/** Type of a key in `Pulumi.yaml`. */
export type PulumiType = "string" | "integer" | "boolean" | "array" | "object";

/** The documentation of one key. */
export interface Key {
    /** Dotted, with a placeholder such as `<service>` for names that the user chooses. */
    readonly path: string;
    readonly type: PulumiType;
    readonly accepts: string;
    readonly description: string;
    readonly required: boolean;
    readonly secret: boolean;
}

function pulumiType(path: string, type: z.ZodType): PulumiType {
    const kinds = [
        [z.ZodString, "string"],
        [z.ZodEnum, "string"],
        [z.ZodNumber, "integer"],
        [z.ZodBoolean, "boolean"],
        [z.ZodArray, "array"],
        [z.ZodObject, "object"],
        [z.ZodRecord, "object"],
    ] as const;
    const kind = kinds.find(([constructor]) => type instanceof constructor);
    if (kind === undefined) {
        throw new Error(`${path} is of a kind that Pulumi.yaml has no type for; add it to tools/config-docs/keys.ts`);
    }
    return kind[1];
}

function keyOf(path: string, type: z.ZodType): Key {
    const meta = metaOf(type) ?? metaOf(inner(type));
    if (meta === undefined) {
        throw new Error(`${path} has no description; make it with a function of config/fields.ts`);
    }
    const bare = inner(type);
    const item = bare instanceof z.ZodArray ? metaOf(bare.element as z.ZodType) : undefined;
    return {
        path,
        type: pulumiType(path, bare),
        accepts: item === undefined ? meta.accepts : `${meta.accepts}, each ${item.accepts}`,
        description: meta.description,
        required: !(type instanceof z.ZodOptional),
        secret: meta.secret === true,
    };
}

function fieldsOf(type: z.ZodType): [string, z.ZodType][] {
    if (type instanceof z.ZodObject) {
        return Object.entries(type.shape) as [string, z.ZodType][];
    }
    const entry = metaOf(type)?.entry ?? "name";
    return type instanceof z.ZodRecord ? [[`<${entry}>`, type.valueType as z.ZodType]] : [];
}

/** The key at a path and all below it, in the order of the schema. */
export function keysAt(path: string, type: z.ZodType): Key[] {
    return [keyOf(path, type), ...fieldsOf(inner(type)).flatMap(([name, field]) => keysAt(`${path}.${name}`, field))];
}

/** The sections of a schema: each top-level key with all below it. */
export function sections(schema: z.ZodObject): { readonly key: Key; readonly below: readonly Key[] }[] {
    return fieldsOf(schema).map(([name, field]) => {
        const [key, ...below] = keysAt(name, field);
        if (key === undefined) {
            throw new Error(`${name} is no key`);
        }
        return { key, below };
    });
}
