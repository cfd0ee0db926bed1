import { isObject, type JsonObject } from "../plan/json";

/** A Kubernetes object as the API server accepts it. */
export interface KubeObject extends JsonObject {
    apiVersion: string;
    kind: string;
    metadata: JsonObject & { name: string };
}

/** Type guard for values from a plan, a file or the API server. */
export function isKubeObject(value: unknown): value is KubeObject {
    return (
        isObject(value) &&
        typeof value["apiVersion"] === "string" &&
        typeof value["kind"] === "string" &&
        isObject(value["metadata"]) &&
        typeof value["metadata"]["name"] === "string"
    );
}
