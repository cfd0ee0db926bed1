import { renderHelm, renderKubernetes, unknownMarker, type PlannedResource } from "../../../tools/plan/index";
import { copyOf, isKubeObject, isObject, type Json, type JsonObject, type KubeObject } from "../control-plane/json";
import { inDependencyOrder } from "./order";

/** A Kubernetes object of a plan. */
export interface PlannedObject {
    /** URN of its resource. */
    readonly urn: string;
    readonly object: KubeObject;
    /** Paths of the values that are known only after an update; {@link valueAfterUpdate} is in their place. */
    readonly unknowns: readonly string[];
}

/** Placeholder for a value that is known only after an update; valid as a name, a label and a string. */
export const valueAfterUpdate = "known-after-update";

/** Fields whose schema requires an AWS id, with a valid value. */
const fieldFormats: readonly (readonly [RegExp, string])[] = [[/subnetSelectorTerms\[\d+\]\.id$/, "subnet-0a"]];

function valueAfterUpdateAt(path: string): string {
    return fieldFormats.find(([pattern]) => pattern.test(path))?.[1] ?? valueAfterUpdate;
}

/**
 * Data that the API server requires of a Secret, by its type. All of a Secret's data is unknown before an update, and the
 * manifest omits it (https://kubernetes.io/docs/concepts/configuration/secret/#basic-authentication-secret).
 */
const requiredData: Readonly<Record<string, JsonObject>> = {
    "kubernetes.io/basic-auth": { username: "a25vd24=", password: "YWZ0ZXItdXBkYXRl" },
};

function withRequiredData(manifest: JsonObject, unknownFields: readonly string[]): JsonObject {
    const { kind, type } = manifest;
    const data = typeof type === "string" ? requiredData[type] : undefined;
    return kind === "Secret" && data !== undefined && unknownFields.includes("data") ? { ...manifest, data } : manifest;
}

/** The Kubernetes objects of a plan in dependency order. */
export function plannedObjects(plan: { readonly resources: readonly PlannedResource[] }): PlannedObject[] {
    const position = new Map(inDependencyOrder(plan.resources).map(({ urn }, index) => [urn, index]));
    return renderKubernetes(plan)
        .map(({ urn, manifest, unknownFields }) => {
            const unknowns = [...unknownFields];
            const object = withPlaceholders(copyOf(withRequiredData(manifest, unknownFields)), "", unknowns);
            if (!isKubeObject(object)) {
                throw new Error(`${urn} is not a Kubernetes object`);
            }
            return { urn, object, unknowns };
        })
        .sort((a, b) => (position.get(a.urn) ?? 0) - (position.get(b.urn) ?? 0));
}

/** The plan's Helm releases, of which only the CustomResourceDefinitions are loaded. */
export function helmReleases(plan: { readonly resources: readonly PlannedResource[] }): string[] {
    return renderHelm(plan).map(({ path }) => path.replace(/^helm\/|\.yaml$/g, ""));
}

function withPlaceholders(value: Json, path: string, unknowns: string[]): Json {
    if (value === unknownMarker) {
        unknowns.push(path);
        return valueAfterUpdateAt(path);
    }
    if (Array.isArray(value)) {
        return value.map((item, index) => withPlaceholders(item, `${path}[${index}]`, unknowns));
    }
    if (!isObject(value)) {
        return value;
    }
    return Object.fromEntries(
        Object.entries(value).map(([key, item]) => [
            key,
            withPlaceholders(item, path === "" ? key : `${path}.${key}`, unknowns),
        ]),
    );
}
