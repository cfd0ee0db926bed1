import type { JsonObject, KubeObject } from "../control-plane/json";

/** A set of equal pods, with a claim for each volume: what an operator makes of a custom resource. */
export interface PodSet {
    /** Pods are `<name>-<ordinal>`. */
    readonly name: string;
    readonly count: number;
    /** Ordinal of the first one. @default 0 */
    readonly first?: number;
    readonly labels: Readonly<Record<string, string>>;
    /** Spec of a pod, without volumes of {@link claims}. */
    readonly spec: JsonObject;
    /** Volume claims of each pod, by volume name. */
    readonly claims: Readonly<Record<string, Claim>>;
}

/** What a pod's own volume is made from. */
export interface Claim {
    readonly size: string;
    /** Undefined takes the cluster's default class. */
    readonly storageClass: string | undefined;
}

/**
 * Plays an operator: says which pods it makes of a custom resource, with the sizes and constraints that the resource
 * says and the defaults that the operator documents. Nothing of what the pods do is played.
 */
export interface Player {
    readonly apiVersion: string;
    readonly kind: string;
    /** @param all every custom resource of all players, for operators that read more than one. */
    readonly podsOf: (resource: KubeObject, all: readonly KubeObject[]) => readonly PodSet[];
}
