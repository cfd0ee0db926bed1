import { isObject, type Json, type JsonObject } from "../../json";
import { nameOf } from "../../record/urn";
import type { PlannedResource } from "../../record/types";
import { marked, marksOf } from "./marks";
import { shownInputs } from "./shown-inputs";

/** A resource in a golden plan: its parent, its provider and the inputs that a reviewer must see. */
export type Fields = Readonly<Record<string, Json>>;

/** The resources of one stack on one cloud, by `type name`. */
export type Resources = ReadonlyMap<string, Fields>;

/**
 * A plan's resources in the format of a golden plan. The stack's name, account and region are replaced as in
 * {@link marksOf}, except in the providers' inputs. Policies in JSON text are parsed.
 *
 * @throws Error if two resources have the same type and name.
 */
export function goldenResources(stack: string, resources: readonly PlannedResource[]): Resources {
    const mark = marksOf(stack, resources);
    const all = new Map<string, Fields>();
    for (const resource of resources) {
        const key = mark(`${resource.type} ${resource.name}`);
        if (all.has(key)) {
            throw new Error(`Two resources are called ${key}; type and name must be unique.`);
        }
        const shown = readable(shownInputs(resource)) as JsonObject;
        const isProvider = resource.type.startsWith("pulumi:providers:");
        all.set(key, {
            ...(marked(parentAndProvider(resource), mark) as JsonObject),
            ...(isProvider ? shown : (marked(shown, mark) as JsonObject)),
        });
    }
    return all;
}

/** Parent, and the provider if it is not the default of the package's resources. */
function parentAndProvider({ type, parent, provider, custom }: PlannedResource): JsonObject {
    const name = provider === undefined ? "default" : nameOf(provider);
    const [ownPackage = ""] = type.split(":");
    const defaultProvider = ownPackage === "kubernetes" ? "cluster-kubernetes" : ownPackage;
    // Components and providers have no provider, and random values use the default one.
    const omitted =
        !custom || name === defaultProvider || (name === "default" && ["pulumi", "random"].includes(ownPackage));
    return {
        ...(parent === undefined ? {} : { parent: nameOf(parent) }),
        ...(omitted ? {} : { provider: name }),
    };
}

/** Parses JSON text and removes fields that are null, which are not set. */
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

/** The object or list in a JSON text; undefined for other texts. */
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
