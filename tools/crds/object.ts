import { isObject, type JsonObject } from "../plan/json";

/** A Kubernetes object as the API server takes it. */
export interface KubeObject extends JsonObject {
    apiVersion: string;
    kind: string;
    metadata: JsonObject & { name: string };
}

/** Narrows what was read from a plan, a file or the wire. */
export function isKubeObject(value: unknown): value is KubeObject {
    return (
        isObject(value) &&
        typeof value["apiVersion"] === "string" &&
        typeof value["kind"] === "string" &&
        isObject(value["metadata"]) &&
        typeof value["metadata"]["name"] === "string"
    );
}
