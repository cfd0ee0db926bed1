import { isObject, listAt, textAt, type Json, type JsonObject } from "../plan/json";

/** A schema for `json-schema-to-typescript`. */
export type TypeSchema = JsonObject;

/**
 * Converts a node of a CustomResourceDefinition's `openAPIV3Schema` to the JSON schema from which types are generated. The
 * types are for objects sent to the API server:
 *
 * - a required field with a default is optional, since the API server adds defaults before it validates;
 * - fields that are not in the schema are rejected, unless it preserves them (`x-kubernetes-preserve-unknown-fields`);
 * - `x-kubernetes-int-or-string` is a number or a string.
 *
 * Types cannot express patterns, bounds, CEL rules, and `anyOf` and the like, which only restrict values in a structural
 * schema; the API server in `npm run test:cluster` checks them. Descriptions are omitted because they are long; `kubectl
 * explain` shows them.
 */
export function typeSchema(node: Json | undefined): TypeSchema {
    const schema = shape(node);
    return isObject(node) && node["nullable"] === true ? { anyOf: [schema, { type: "null" }] } : schema;
}

function shape(node: Json | undefined): TypeSchema {
    if (!isObject(node)) {
        return { tsType: "unknown" };
    }
    if (node["x-kubernetes-int-or-string"] === true) {
        return { tsType: "number | string" };
    }
    const values = listAt(node, "enum");
    if (values.length > 0) {
        return { enum: values };
    }
    const type = textAt(node, "type");
    switch (type) {
        case "object":
            return objectShape(node);
        case "array":
            return { type, items: typeSchema(node["items"]) };
        case "string":
        case "boolean":
        case "number":
        case "integer":
            return { type };
        default:
            // Without a type any JSON is valid.
            return { tsType: "unknown" };
    }
}

function objectShape(node: JsonObject): TypeSchema {
    const { properties, additionalProperties } = node;
    const preserves = node["x-kubernetes-preserve-unknown-fields"] === true;
    const others = isObject(additionalProperties)
        ? typeSchema(additionalProperties)
        : preserves || additionalProperties === true;
    if (!isObject(properties)) {
        // The type `{}` would accept any non-null value, but the API server drops all fields of this object.
        return others === false
            ? { tsType: "Record<string, never>" }
            : { type: "object", additionalProperties: others };
    }
    const required = listAt(node, "required").filter(
        (name) => typeof name === "string" && !hasDefault(properties[name]),
    );
    return {
        type: "object",
        properties: Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, typeSchema(one)])),
        required,
        additionalProperties: others,
    };
}

function hasDefault(property: Json | undefined): boolean {
    return isObject(property) && property["default"] !== undefined;
}
