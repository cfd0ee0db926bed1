import { isObject, type Json, type JsonObject } from "../plan/json";
import type { TypeSchema } from "./schema";

/** Minimum size of a schema that gets a name, in characters of JSON; smaller ones are repeated. */
const minimumSize = 200;

/**
 * Replaces repeated object schemas by references to one named schema: a definition with pods repeats affinities, containers
 * and volumes, and its type would have thousands of lines. The name is that of the first field with the schema.
 */
export function shareRepeated(schema: TypeSchema, rootName: string): TypeSchema {
    const uses = new Map<string, number>();
    count(schema, uses);
    const names = new Set([rootName]);
    const refs = new Map<string, string>();
    const definitions: JsonObject = {};

    const rewritten = rewriteFields(schema);
    return Object.keys(definitions).length === 0 ? schema : { ...rewritten, $defs: definitions };

    function rewrite(node: Json, field: string): Json {
        if (!isObject(node)) {
            return node;
        }
        const key = keyOf(node);
        if ((uses.get(key) ?? 0) < 2) {
            return rewriteFields(node, field);
        }
        let name = refs.get(key);
        if (name === undefined) {
            name = freeName(field, names);
            refs.set(key, name);
            definitions[name] = rewriteFields(node, field);
        }
        return { $ref: `#/$defs/${name}` };
    }

    function rewriteFields(node: JsonObject, field = ""): JsonObject {
        const result: JsonObject = { ...node };
        for (const inner of ["items", "additionalProperties"]) {
            if (isObject(node[inner])) {
                result[inner] = rewrite(node[inner], field);
            }
        }
        if (isObject(node["properties"])) {
            result["properties"] = Object.fromEntries(
                Object.entries(node["properties"]).map(([name, one]) => [name, rewrite(one, name)]),
            );
        }
        return result;
    }
}

/** Counts each large object schema. Schemas inside a repeated one are counted once. */
function count(node: Json | undefined, uses: Map<string, number>): void {
    if (!isObject(node)) {
        return;
    }
    if (isObject(node["properties"])) {
        const key = keyOf(node);
        const before = uses.get(key) ?? 0;
        if (key.length >= minimumSize) {
            uses.set(key, before + 1);
        }
        if (before === 0) {
            Object.values(node["properties"]).forEach((property) => {
                count(property, uses);
            });
        }
    }
    count(node["items"], uses);
    count(node["additionalProperties"], uses);
}

function keyOf(node: JsonObject): string {
    return JSON.stringify(node);
}

function freeName(field: string, names: Set<string>): string {
    const words = field.split(/[^A-Za-z0-9]+/).filter((word) => word !== "");
    const base = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("") || "Shape";
    let name = base;
    for (let next = 2; names.has(name); next++) {
        name = `${base}${next}`;
    }
    names.add(name);
    return name;
}
