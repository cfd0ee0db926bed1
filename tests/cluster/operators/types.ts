import type { JsonObject, KubeObject } from "../control-plane/json";

/** A set of identical pods with a claim for each volume, created by an operator for a custom resource. */
export interface PodSet {
    /** Pods are `<name>-<ordinal>`. */
    readonly name: string;
    readonly count: number;
    /** First ordinal. @default 0 */
    readonly first?: number;
    readonly labels: Readonly<Record<string, string>>;
    /** Pod spec without the volumes of {@link claims}. */
    readonly spec: JsonObject;
    /** Claims of each pod, by volume name. */
    readonly claims: Readonly<Record<string, Claim>>;
}

/** A PersistentVolumeClaim of a pod. */
export interface Claim {
    readonly size: string;
    /** Undefined for the cluster's default class. */
    readonly storageClass: string | undefined;
}

/**
 * Simulates the pods that an operator creates for a custom resource, with the requests and constraints of the resource
 * and the operator's documented defaults. Containers are not simulated.
 */
export interface SimulatedOperator {
    readonly apiVersion: string;
    readonly kind: string;
    /** @param all custom resources of all operators, for operators that read more than one. */
    readonly podsOf: (resource: KubeObject, all: readonly KubeObject[]) => readonly PodSet[];
}
