import type { PlannedResource } from "../../../tools/plan";

/** A resource as `<Type> <name>`, with the type's last part only. */
function short(urn: string): string {
    const parts = urn.split("::");
    const type = parts[2]?.split("$").pop()?.split(":").pop() ?? "";
    return `${type} ${parts.slice(3).join("::")}`;
}

/** What each of the resources waits for, by data flow or by declaration, as `<Type> <name>`, sorted. */
export function order(resources: readonly PlannedResource[]): Record<string, readonly string[]> {
    return Object.fromEntries(
        resources.map(({ urn, options }) => [short(urn), (options.dependsOn ?? []).map(short).sort()]),
    );
}

/** Options besides those that the provider's SDK sets itself, by resource. */
export function unusualOptions(resources: readonly PlannedResource[]): string[] {
    const usual = ["aliases", "additionalSecretOutputs", "dependsOn", "protect"];
    return resources.flatMap(({ urn, options }) =>
        Object.keys(options)
            .filter((option) => !usual.includes(option))
            .map((option) => `${short(urn)}: ${option}`),
    );
}
