import { composeConfig } from "../../config/compose";
import { core } from "../../config/core";
import type { AnyPart, KeyOwner } from "../../config/part";
import { type Cloud, cloudNames, type CoreSettings, type Tier, tierNames } from "../../config/schema";

/** The least that a stack file of a tier and a cloud can say. */
function least(tier: Tier, cloud: Cloud): CoreSettings {
    const place = {
        gcp: { gcp: { project: "project-id" } },
        aws: { aws: { accountId: "000000000000" } },
        existing: {},
    };
    return { tier, cloud, domain: "example.com", ...place[cloud] };
}

/** A value as a table cell shows it; empty where there is none. */
export function cell(value: unknown): string {
    const empty = value === undefined || value === "";
    return empty ? "" : `\`${typeof value === "string" ? value : JSON.stringify(value).replaceAll(",", ", ")}\``;
}

/** One text for all names where all values agree, else each value with its name. */
function together(values: readonly (readonly [name: string, value: string])[]): string {
    const given = values.filter(([, value]) => value !== "");
    const alike = new Set(values.map(([, value]) => value)).size === 1;
    return alike ? (values[0]?.[1] ?? "") : given.map(([name, value]) => `${name} ${value}`).join(" · ");
}

/** How the default of each key is read, with the parts that say so. */
function readers(parts: readonly AnyPart[]): ReadonlyMap<string, (config: never) => unknown> {
    const owners: readonly KeyOwner[] = [core, ...parts];
    return new Map(owners.flatMap(({ defaults }) => Object.entries(defaults)));
}

/** What a key that is left out is taken to be, by tier or cloud where that makes a difference. */
export function defaultsOf(parts: readonly AnyPart[]): (path: string) => string {
    const { resolve } = composeConfig(parts);
    const known = readers(parts);
    return (path) => {
        const read = known.get(path);
        if (read === undefined) {
            throw new Error(`${path} can be left out; add what it is then to the defaults of its part`);
        }
        const byCloud = cloudNames.map((cloud) => {
            // The whole configuration contains what the part's own function takes.
            const value = (tier: Tier) => read(resolve(tier, least(tier, cloud)) as never);
            return [cloud, together(tierNames.map((tier) => [tier, cell(value(tier))] as const))] as const;
        });
        return together(byCloud);
    };
}

/** Keys that defaults are known of, so that one that is gone is noticed. */
export function defaultKeys(parts: readonly AnyPart[]): readonly string[] {
    return [...readers(parts).keys()];
}
