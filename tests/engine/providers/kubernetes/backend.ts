import { Refusal } from "../core/provider";
import { stringAt, type Bag } from "../core/value";
import { findKind, type Kind } from "./kinds";

/** What names one object in a cluster. */
export interface Reference {
    readonly apiVersion: string;
    readonly kind: string;
    readonly namespace: string | undefined;
    readonly name: string;
}

export interface WriteOptions {
    /** Judge, and answer with what would be, but keep nothing; parts of the object may not be known yet. */
    readonly dryRun: boolean;
}

/** Something that behaves as a cluster's API: in memory, or a real API server. Refusals are {@link Refusal}s. */
export interface Backend {
    /** Judges an object before anything is planned with it; what is not known yet, or not there yet, is let pass. */
    check(object: Bag): Promise<void>;
    create(object: Bag, options: WriteOptions): Promise<Bag>;
    update(object: Bag, options: WriteOptions): Promise<Bag>;
    read(reference: Reference): Promise<Bag | undefined>;
    /** What inputs would have to say to make the live object: as they are, but for what somebody else has changed. */
    readInputs(live: Bag, inputs: Bag): Promise<Bag>;
    /** Returns when the object is gone; an object that is gone already is no error. */
    delete(reference: Reference): Promise<void>;
    /** Refuses a namespace that is not there. */
    requireNamespace(reference: { readonly namespace: string | undefined }): Promise<void>;
}

/** The kind of an object, or the refusal of a kind that is not served at all. */
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
