import { parse, stringify } from "yaml";

import { isObject, type Json, type JsonObject } from "../../json";
import type { Overlay } from "./overlay";
import type { Fields, Resources } from "./resources";

/** Maximum line length; longer resources and fields are written on several lines. */
const width = 200;

/** A list of resources as YAML: by type, one line per resource unless it is too long. */
export function resourcesText(resources: Resources): string {
    return section(resources, "").join("\n") + "\n";
}

/** An overlay as YAML with the sections `removed`, `added` and `changed`, without empty ones. */
export function overlayText({ removed, added, changed }: Overlay): string {
    const lines = [
        ...(removed.length === 0 ? [] : ["removed:", ...removed.map((key) => `  - ${flow(key)}`)]),
        ...(added.size === 0 ? [] : ["added:", ...section(added, "  ")]),
        ...(changed.size === 0 ? [] : ["changed:", ...section(changed, "  ")]),
    ];
    return lines.length === 0 ? "{}\n" : `${lines.join("\n")}\n`;
}

/** Parses {@link resourcesText}. */
export function parseResources(text: string): Resources {
    return resourcesIn(parse(text) as JsonObject | null);
}

/** Parses {@link overlayText}. */
export function parseOverlay(text: string): Overlay {
    const { removed, added, changed } = parse(text) as Partial<Record<string, JsonObject>> & {
        readonly removed?: readonly string[];
    };
    return { removed: removed ?? [], added: resourcesIn(added), changed: resourcesIn(changed) };
}

function resourcesIn(types: JsonObject | null | undefined): Resources {
    const found = new Map<string, Fields>();
    for (const [type, names] of Object.entries(types ?? {})) {
        for (const [name, fields] of Object.entries(isObject(names) ? names : {})) {
            found.set(`${type} ${name}`, isObject(fields) ? fields : {});
        }
    }
    return found;
}

function section(resources: Resources, indent: string): string[] {
    let current = "";
    return [...resources.keys()].sort().flatMap((key) => {
        const space = key.indexOf(" ");
        const type = key.slice(0, space);
        const heading = type === current ? [] : [`${indent}${flow(type)}:`];
        current = type;
        const resource = entry(key.slice(space + 1), { ...resources.get(key) }, `${indent}  `);
        return [...heading, ...resource];
    });
}

/** `name: value` on one line, or one line per part if it is too long. */
function entry(name: string, value: Json, indent: string): string[] {
    const line = `${indent}${flow(name)}: ${flow(value)}`;
    if (line.length <= width || typeof value !== "object" || value === null) {
        return [line];
    }
    const parts = Array.isArray(value)
        ? value.map((item) => `${indent}  - ${flow(item)}`)
        : Object.entries(value).flatMap(([key, item]) => entry(key, item, `${indent}  `));
    return [`${indent}${flow(name)}:`, ...parts];
}

/** A value as YAML on one line. */
export function flow(value: Json): string {
    return stringify(value, { collectionStyle: "flow", lineWidth: 0, defaultStringType: "PLAIN" }).trimEnd();
}
