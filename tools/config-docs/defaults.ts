import { composeConfig } from "../../config/compose";
import { core } from "../../config/core";
import type { AnyPart, KeyOwner } from "../../config/part";
import { type Cloud, cloudNames, type CoreSettings, type Tier, tierNames } from "../../config/schema";

/** The required settings of a stack file. */
function requiredSettings(tier: Tier, cloud: Cloud): CoreSettings {
    const account = {
        gcp: { gcp: { project: "project-id" } },
        aws: { aws: { accountId: "000000000000" } },
        existing: {},
    };
    return { tier, cloud, domain: "example.com", ...account[cloud] };
}

/** The text of a value in a table cell; empty for undefined. */
export function cellText(value: unknown): string {
    const empty = value === undefined || value === "";
    return empty ? "" : `\`${typeof value === "string" ? value : JSON.stringify(value).replaceAll(",", ", ")}\``;
}

/** One text if all values are equal, otherwise each value with its name. */
function joinedValues(values: readonly (readonly [name: string, value: string])[]): string {
    const given = values.filter(([, value]) => value !== "");
    const equal = new Set(values.map(([, value]) => value)).size === 1;
    return equal ? (values[0]?.[1] ?? "") : given.map(([name, value]) => `${name} ${value}`).join(" · ");
}

/** By key, the function that reads its default from a configuration. */
function defaultReaders(parts: readonly AnyPart[]): ReadonlyMap<string, (config: never) => unknown> {
    const owners: readonly KeyOwner[] = [core, ...parts];
    return new Map(owners.flatMap(({ defaults }) => Object.entries(defaults)));
}

/** Returns the text of a key's default, by tier or cloud if it differs. Throws for a key without one. */
export function defaultsOf(parts: readonly AnyPart[]): (path: string) => string {
    const { resolve } = composeConfig(parts);
    const readers = defaultReaders(parts);
    return (path) => {
        const read = readers.get(path);
        if (read === undefined) {
            throw new Error(`${path} has no default; add one to the defaults of its part`);
        }
        const byCloud = cloudNames.map((cloud) => {
            // The whole configuration contains the input of the part's function.
            const value = (tier: Tier) => read(resolve(tier, requiredSettings(tier, cloud)) as never);
            return [cloud, joinedValues(tierNames.map((tier) => [tier, cellText(value(tier))] as const))] as const;
        });
        return joinedValues(byCloud);
    };
}

/** All keys with a default, for a test that finds defaults of removed keys. */
export function defaultKeys(parts: readonly AnyPart[]): readonly string[] {
    return [...defaultReaders(parts).keys()];
}
