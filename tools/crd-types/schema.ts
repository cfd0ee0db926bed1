import { isObject, listAt, textAt, type Json, type JsonObject } from "../plan/json";

/** What a schema of `json-schema-to-typescript` may hold of what is written here. */
export type TypeSchema = JsonObject;

/**
 * Turns a node of a CustomResourceDefinition's `openAPIV3Schema` into the JSON schema that types are written from. It
 * keeps what a type can say, from the writer's point of view:
 *
 * - a field that is required and has a default may be left out, since the API server fills in defaults before it checks;
 * - fields that the schema does not name are refused, unless it preserves them (`x-kubernetes-preserve-unknown-fields`);
 * - `x-kubernetes-int-or-string` is a number or a string.
 *
 * Left out is what no type can say: patterns, bounds, CEL rules, and `anyOf` and the like, which in a structural schema
 * only restrict values. The API server in `npm run test:cluster` checks those. Descriptions are left out because they
 * run to pages; `kubectl explain` shows them.
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
            // Without a type any JSON is taken.
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
        // `{}` in TypeScript is anything but null; an object whose fields would all be dropped is empty.
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
