import { isObject, type Json } from "../../../tools/plan/json";
import type { KubeObject } from "../../../tools/crds/object";

export * from "../../../tools/plan/json";
export { isKubeObject, type KubeObject } from "../../../tools/crds/object";

/** Namespace of an object; none for what belongs to the whole cluster. */
export function namespaceOf(object: KubeObject): string | undefined {
    const namespace = object.metadata["namespace"];
    return typeof namespace === "string" ? namespace : undefined;
}

/** `Deployment services/order`: how findings name an object. */
export function titleOf(object: KubeObject): string {
    const namespace = namespaceOf(object);
    return `${object.kind} ${namespace === undefined ? "" : `${namespace}/`}${object.metadata.name}`;
}

/** A copy that may be changed: through JSON, as `structuredClone` would keep two uses of one object the same object. */
export function copyOf<T extends Json>(value: T): T {
    return JSON.parse(JSON.stringify(value)) as T;
}

/** Entries of a map of texts, such as labels; whatever is no text is left out. */
export function textsOf(value: Json | undefined): Record<string, string> {
    const entries = Object.entries(isObject(value) ? value : {});
    return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === "string"));
}
