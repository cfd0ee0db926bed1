import { isObject, type Json, type JsonObject } from "../../json";
import { nameOf } from "../../record/urn";
import type { PlannedResource } from "../../record/types";
import { marked, marksOf } from "./marks";
import { shownInputs } from "./shown-inputs";

/** What a golden says of one resource: its parent, its provider and the inputs that a reviewer must see. */
export type Fields = Readonly<Record<string, Json>>;

/** The resources of one stack on one cloud, by `type name`. */
export type Resources = ReadonlyMap<string, Fields>;

/**
 * What a golden says of a plan's resources. The stack's own names are marked as in {@link marksOf}, except where the
 * providers say them, and policies that a cloud takes as JSON text are shown as the value that they hold.
 *
 * @throws Error where two resources have one type and one name.
 */
export function goldenResources(stack: string, resources: readonly PlannedResource[]): Resources {
    const mark = marksOf(stack, resources);
    const all = new Map<string, Fields>();
    for (const resource of resources) {
        const key = mark(`${resource.type} ${resource.name}`);
        if (all.has(key)) {
            throw new Error(`Two resources are called ${key}; a review could not tell them apart.`);
        }
        const shown = readable(shownInputs(resource)) as JsonObject;
        const says = resource.type.startsWith("pulumi:providers:");
        all.set(key, {
            ...(marked(placeOf(resource), mark) as JsonObject),
            ...(says ? shown : (marked(shown, mark) as JsonObject)),
        });
    }
    return all;
}

/** Parent, and the provider where it is not the one that the package's resources usually have. */
function placeOf({ type, parent, provider, custom }: PlannedResource): JsonObject {
    const name = provider === undefined ? "default" : nameOf(provider);
    const [ownPackage = ""] = type.split(":");
    const usual = ownPackage === "kubernetes" ? "cluster-kubernetes" : ownPackage;
    // Providers come from no provider, components have none, and random values belong to no cloud.
    const silent = !custom || name === usual || (name === "default" && ["pulumi", "random"].includes(ownPackage));
    return {
        ...(parent === undefined ? {} : { parent: nameOf(parent) }),
        ...(silent ? {} : { provider: name }),
    };
}

/** JSON text becomes the value that it holds; a field that is null is one that is not set. */
function readable(value: Json): Json {
    if (typeof value === "string") {
        const parsed = parsedJson(value);
        return parsed === undefined ? value : readable(parsed);
    }
    if (Array.isArray(value)) {
        return value.map(readable);
    }
    if (!isObject(value)) {
        return value;
    }
    const set = Object.entries(value).filter(([, item]) => item !== null);
    return Object.fromEntries(set.map(([key, item]) => [key, readable(item)]));
}

/** The object or the list that a text holds as JSON. */
function parsedJson(text: string): Json | undefined {
    if (!/^[[{]/.test(text)) {
        return undefined;
    }
    try {
        return JSON.parse(text) as Json;
    } catch {
        return undefined;
    }
}
