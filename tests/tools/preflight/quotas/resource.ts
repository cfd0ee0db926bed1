import type { JsonObject, PlannedResource } from "../../../../tools/plan";

/** A resource of a plan. */
export function plannedResource(
    type: string,
    name: string,
    inputs: JsonObject,
    dependsOn: readonly string[] = [],
): PlannedResource {
    const urn = `urn:pulumi:test::shop::${type}::${name}`;
    return { urn, type, name, custom: true, inputs, options: dependsOn.length === 0 ? {} : { dependsOn } };
}
