import type { JsonObject, PlannedOptions, PlannedResource } from "../../../tools/plan";

/** A resource as the recorder keeps it. */
export function resource(
    type: string,
    name: string,
    inputs: JsonObject,
    options: PlannedOptions = {},
): PlannedResource {
    return { urn: `urn:pulumi:test::shop::${type}::${name}`, type, name, custom: true, inputs, options };
}
