import assert from "node:assert/strict";

import type { Json, JsonObject } from "../../tools/plan/json";
import { isObject } from "../../tools/plan/json";
import type { PlannedOptions } from "../../tools/plan/record/types";
import { type Deployed, type Deployment, titleOf } from "./deployment";

/** Values with JSON documents, such as policies, parsed. */
function readable(value: Json): Json {
    if (typeof value === "string" && value.startsWith("{")) {
        return JSON.parse(value) as Json;
    }
    if (Array.isArray(value)) {
        return (value as readonly Json[]).map(readable);
    }
    return isObject(value)
        ? Object.fromEntries(Object.entries(value).map(([key, part]) => [key, readable(part)]))
        : value;
}

/** An object without some of its keys. */
export function without<T extends object>(value: T, ...keys: readonly string[]): Partial<T> {
    return Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key))) as Partial<T>;
}

/** Inputs by name of all resources of a type, such as `aws:ec2/subnet:Subnet`; JSON documents are parsed. */
export function inputsOf(resources: readonly Deployed[], type: string): Record<string, JsonObject> {
    return Object.fromEntries(
        resources
            .filter((resource) => resource.type === type)
            .map(({ name, inputs }) => [name, readable(inputs) as JsonObject]),
    );
}

/** Inputs of the one resource of a type and a name. */
export function inputOf(resources: readonly Deployed[], type: string, name: string): JsonObject {
    const found = resources.filter((resource) => resource.type === type && resource.name === name);
    assert.equal(found.length, 1, `${found.length} of ${name} (${type})`);
    return readable(found[0]!.inputs) as JsonObject;
}

/** Number of resources that the program creates, by type; components are not counted. */
export function countOf(resources: readonly Deployed[]): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const { type } of resources.filter(({ custom }) => custom)) {
        counts[type] = (counts[type] ?? 0) + 1;
    }
    return counts;
}

/** URNs of everything that is created before a resource, directly or not. */
export function closure({ resources }: Deployment): (urn: string) => ReadonlySet<string> {
    const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
    const known = new Map<string, ReadonlySet<string>>();
    const before = (urn: string): ReadonlySet<string> => {
        const found = known.get(urn);
        if (found !== undefined) {
            return found;
        }
        const direct = byUrn.get(urn)?.dependsOn ?? [];
        const all = new Set(direct.flatMap((other) => [other, ...before(other)]));
        known.set(urn, all);
        return all;
    };
    return before;
}

/**
 * What each resource waits for, by titles: without what the others that it waits for wait for. An edge that changes no
 * order is not in it.
 */
export function waits(deployment: Deployment, of: readonly Deployed[]): Record<string, readonly string[]> {
    const created = new Set(deployment.resources.filter(({ custom }) => custom).map(({ urn }) => urn));
    const before = closure(deployment);
    return Object.fromEntries(
        of
            .filter(({ custom }) => custom)
            .map(({ title, dependsOn }) => {
                const custom = dependsOn.filter((urn) => created.has(urn));
                const last = custom.filter((urn) => !custom.some((other) => other !== urn && before(other).has(urn)));
                return [title, last.map(titleOf).sort()];
            }),
    );
}

/** Options that the program sets, by title; without those that the SDK adds to every resource of a type. */
export function optionsOf(of: readonly Deployed[]): Record<string, Partial<PlannedOptions>> {
    return Object.fromEntries(
        of.flatMap(({ title, custom, options }) => {
            const own = without(options, "aliases", "additionalSecretOutputs");
            return custom && Object.keys(own).length > 0 ? [[title, own]] : [];
        }),
    );
}

/** Registered outputs of the components, by title; without components that register none. */
export function outputsOf(of: readonly Deployed[]): Record<string, JsonObject> {
    return Object.fromEntries(
        of.flatMap(({ title, outputs = {} }) => (Object.keys(outputs).length > 0 ? [[title, outputs]] : [])),
    );
}
