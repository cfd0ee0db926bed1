import { Refusal } from "../core/provider";
import { stringAt, type Bag } from "../core/value";
import { findKind, type Kind } from "./kinds";

/** Identity of an object in a cluster. */
export interface Reference {
    readonly apiVersion: string;
    readonly kind: string;
    readonly namespace: string | undefined;
    readonly name: string;
}

export interface WriteOptions {
    /** Validate and return the resulting object without storing it; the object may contain unknown values. */
    readonly dryRun: boolean;
}

/** A cluster's API: in memory or a real API server. Its errors are {@link Refusal}s. */
export interface Backend {
    /** Validates an object; unknown values and references to missing objects are accepted. */
    check(object: Bag): Promise<void>;
    create(object: Bag, options: WriteOptions): Promise<Bag>;
    update(object: Bag, options: WriteOptions): Promise<Bag>;
    read(reference: Reference): Promise<Bag | undefined>;
    /** Inputs that would produce the live object: the given ones with the changes of other writers. */
    readInputs(live: Bag, inputs: Bag): Promise<Bag>;
    /** Returns when the object is deleted; a missing object is not an error. */
    delete(reference: Reference): Promise<void>;
    /** @throws Refusal when the namespace does not exist. */
    requireNamespace(reference: { readonly namespace: string | undefined }): Promise<void>;
}

/** The kind of an object. @throws Refusal when it is not served. */
export function kindOf(object: Bag): Kind {
    const apiVersion = stringAt(object, "apiVersion") ?? "";
    const kind = stringAt(object, "kind") ?? "";
    const known = findKind(apiVersion, kind);
    if (known === undefined) {
        throw new Refusal(`no matches for kind "${kind}" in version "${apiVersion}"`);
    }
    return known;
}

export function referenceTo(object: Bag): Reference {
    const known = kindOf(object);
    return {
        apiVersion: stringAt(object, "apiVersion") ?? "",
        kind: known.kind,
        namespace: known.namespaced ? (stringAt(object, "metadata.namespace") ?? "default") : undefined,
        name: stringAt(object, "metadata.name") ?? "",
    };
}
