import { isObject, type Json, type JsonObject } from "../../../tools/plan/json";

export * from "../../../tools/plan/json";

/** A Kubernetes object as the API server accepts it. */
export interface KubeObject extends JsonObject {
    apiVersion: string;
    kind: string;
    metadata: JsonObject & { name: string };
}

/** Type guard for values from a plan, a file or a response. */
export function isKubeObject(value: unknown): value is KubeObject {
    return (
        isObject(value) &&
        typeof value["apiVersion"] === "string" &&
        typeof value["kind"] === "string" &&
        isObject(value["metadata"]) &&
        typeof value["metadata"]["name"] === "string"
    );
}

/** Namespace of an object; undefined for a cluster-scoped one. */
export function namespaceOf(object: KubeObject): string | undefined {
    const namespace = object.metadata["namespace"];
    return typeof namespace === "string" ? namespace : undefined;
}

/** Title of an object in findings, for example `Deployment services/order`. */
export function titleOf(object: KubeObject): string {
    const namespace = namespaceOf(object);
    return `${object.kind} ${namespace === undefined ? "" : `${namespace}/`}${object.metadata.name}`;
}

/** A deep copy, through JSON because `structuredClone` keeps shared references shared. */
export function copyOf<T extends Json>(value: T): T {
    return JSON.parse(JSON.stringify(value)) as T;
}

/** The string entries of a map, such as labels. */
export function textsOf(value: Json | undefined): Record<string, string> {
    const entries = Object.entries(isObject(value) ? value : {});
    return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === "string"));
}
