import { isObject, type Json } from "../../../tools/plan/json";
import type { KubeObject } from "../../../tools/crds/object";

export * from "../../../tools/plan/json";
export { isKubeObject, type KubeObject } from "../../../tools/crds/object";

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

export function labelsOf(object: KubeObject): Record<string, string> {
    return textsOf(object.metadata["labels"]);
}
