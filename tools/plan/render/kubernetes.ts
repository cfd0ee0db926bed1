import { impliedNamespace, isBuiltIn } from "./cluster-scoped";
import { isObject, listAt, textAt, type Json, type JsonObject } from "../json";
import { unknownMarker } from "../record/markers";
import type { PlannedResource } from "../record/types";

/** One object of the Kubernetes API, as sent to the API server. */
export interface KubernetesObject {
    /** URN of the resource. */
    readonly urn: string;
    readonly apiVersion: string;
    readonly kind: string;
    readonly name: string;
    /** Undefined for cluster-scoped objects. */
    readonly namespace: string | undefined;
    /** True if the resource changes fields of an object that it does not create. */
    readonly patch: boolean;
    /** The object: apiVersion, kind and metadata first, without empty fields. */
    readonly manifest: JsonObject;
    /** Fields that the manifest omits because they are unknown before an update, for example `data`. */
    readonly unknownFields: readonly string[];
}

/** One release of a Helm chart. */
export interface HelmRelease {
    readonly urn: string;
    readonly name: string;
    readonly chart: string;
    readonly repo: string | undefined;
    readonly version: string | undefined;
    readonly namespace: string | undefined;
    readonly values: JsonObject;
}

const releaseType = "kubernetes:helm.sh/v3:Release";
// Types of the provider that are not API objects: Helm, and components that read files or charts.
const notObjects = /^kubernetes:(?:helm\.sh|yaml|kustomize)[/:]/;

/** The API group of an apiVersion; empty for the core group. */
export function groupOf(apiVersion: string): string {
    const slash = apiVersion.indexOf("/");
    return slash < 0 ? "" : apiVersion.slice(0, slash);
}

/** The Kubernetes objects of a resource: none for other types, one for most kinds, one per item of a list. */
export function objectsOf(resource: PlannedResource): KubernetesObject[] {
    if (!resource.custom || !resource.type.startsWith("kubernetes:") || notObjects.test(resource.type)) {
        return [];
    }
    if (resource.options.read !== undefined) {
        return [];
    }
    const [, version = "", declared = ""] = resource.type.split(":");
    const patch = declared.endsWith("Patch");
    const kind = textAt(resource.inputs, "kind") ?? (patch ? declared.slice(0, -"Patch".length) : declared);
    const apiVersion = textAt(resource.inputs, "apiVersion") ?? version.replace(/^core\//, "");
    if (kind.endsWith("List") && Array.isArray(resource.inputs["items"])) {
        return listAt(resource.inputs, "items").flatMap((item) =>
            isObject(item)
                ? toObject(resource, textAt(item, "apiVersion") ?? apiVersion, itemKind(item, kind), patch, item)
                : [],
        );
    }
    return [toObject(resource, apiVersion, kind, patch, resource.inputs)];
}

function itemKind(item: JsonObject, list: string): string {
    return textAt(item, "kind") ?? list.slice(0, -"List".length);
}

function toObject(
    resource: PlannedResource,
    apiVersion: string,
    kind: string,
    patch: boolean,
    source: JsonObject,
): KubernetesObject {
    const { metadata } = source;
    const name = textAt(metadata, "name") ?? resource.name;
    const namespace = textAt(metadata, "namespace") ?? impliedNamespace(groupOf(apiVersion), kind);
    const builtIn = isBuiltIn(groupOf(apiVersion));
    const encode = kind === "Secret" && groupOf(apiVersion) === "";
    const unknownFields: string[] = [];
    const manifest: JsonObject = {
        apiVersion,
        kind,
        metadata: metadataOf(metadata, name, namespace),
    };
    for (const key of Object.keys(source).sort(specFirst)) {
        if (notPayload.has(key)) {
            continue;
        }
        const input = source[key] ?? null;
        // In a custom resource an empty field may enable something, so it is kept.
        const value = builtIn ? withoutEmpty(input) : input;
        if (value === undefined || value === null) {
            continue;
        }
        if (value === unknownMarker) {
            unknownFields.push(key);
        } else {
            manifest[key] = encode && key === "data" && isObject(value) ? base64(value) : value;
        }
    }
    return { urn: resource.urn, apiVersion, kind, name, namespace, patch, manifest, unknownFields };
}

/** Fields that are written first, or by the cluster. */
const notPayload = new Set(["apiVersion", "kind", "metadata", "status"]);

function specFirst(a: string, b: string): number {
    return a === b ? 0 : a === "spec" || (b !== "spec" && a < b) ? -1 : 1;
}

function metadataOf(metadata: Json | undefined, name: string, namespace: string | undefined): JsonObject {
    const rest = withoutEmpty(isObject(metadata) ? metadata : {}) as JsonObject | undefined;
    return { name, ...(namespace === undefined ? {} : { namespace }), ...rest };
}

/** A Secret's `data` is base64, so the marker is encoded too: otherwise the API server would reject the file. */
function base64(data: JsonObject): JsonObject {
    return Object.fromEntries(
        Object.entries(data).map(([key, value]) => [key, Buffer.from(text(value)).toString("base64")]),
    );
}

function text(value: Json): string {
    return typeof value === "string" ? value : JSON.stringify(value);
}

/** Built-in fields that have a meaning when empty: they select everything or nothing. */
const meaningfulWhenEmpty = /^(?:emptyDir|.*[sS]elector|rules|ingress|egress|from|to)$/;

/**
 * Removes fields that are null, and empty objects and lists that mean the same as an absent field. Empty strings are kept,
 * since they are values (`storageClassName: ""`). Undefined if the result is empty.
 */
function withoutEmpty(value: Json, key = ""): Json | undefined {
    if (Array.isArray(value)) {
        return value.length === 0 && !meaningfulWhenEmpty.test(key)
            ? undefined
            : value.map((item) => withoutEmpty(item) ?? item);
    }
    if (!isObject(value)) {
        return value ?? undefined;
    }
    const result: JsonObject = {};
    let filled = false;
    for (const name of Object.keys(value)) {
        const field = withoutEmpty(value[name] as Json, name);
        if (field !== undefined) {
            result[name] = field;
            filled = true;
        }
    }
    return filled || meaningfulWhenEmpty.test(key) ? result : undefined;
}

/** The Helm release of a resource; undefined for other types. */
export function releaseOf(resource: PlannedResource): HelmRelease | undefined {
    if (resource.type !== releaseType || resource.options.read !== undefined) {
        return undefined;
    }
    const { inputs } = resource;
    const values = inputs["values"];
    return {
        urn: resource.urn,
        name: textAt(inputs, "name") ?? resource.name,
        chart: textAt(inputs, "chart") ?? unknownMarker,
        repo: textAt(inputs, "repositoryOpts", "repo"),
        version: textAt(inputs, "version"),
        namespace: textAt(inputs, "namespace"),
        values: isObject(values) ? values : {},
    };
}
