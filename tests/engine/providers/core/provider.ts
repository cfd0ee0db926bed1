import type { Bag } from "./value";
import type { Change } from "./diff";

/** A refusal with the error message of the real service. */
export class Refusal extends Error {}

export interface Target {
    readonly urn: string;
    /** Type token, for example `gcp:container/cluster:Cluster`. */
    readonly type: string;
    /** Name of the resource in the program. */
    readonly name: string;
}

export interface Failure {
    readonly property: string;
    readonly reason: string;
}

export interface Checked {
    readonly inputs: Bag;
    readonly failures: readonly Failure[];
}

export interface State {
    readonly id: string;
    readonly outputs: Bag;
    /** Top-level outputs that are always secret. */
    readonly secretOutputs?: readonly string[];
}

/**
 * A provider stand-in without the provider protocol, which {@link file://./server.ts} implements: it decodes secrets,
 * computes the diff of the inputs, and marks outputs as secret whose inputs were.
 */
export interface Provider {
    /** Semantic version that is reported to the engine. */
    readonly version: string;
    checkConfig(inputs: Bag): readonly Failure[];
    /** Paths of provider inputs whose change replaces every resource, because it selects another account or cluster. */
    configReplaces(before: Bag, after: Bag): readonly string[];
    configure(inputs: Bag): Promise<void>;
    check(target: Target, olds: Bag, news: Bag): Promise<Checked>;
    /** Paths of the changes that force a replacement. */
    replaces(target: Target, changes: readonly Change[]): readonly string[];
    /** Whether the old resource must be deleted first, because the replacement has the same name. */
    deleteBeforeReplace(target: Target, before: Bag, after: Bag): boolean;
    /** With `preview`, nothing is stored and values that are not known yet are {@link Unknown}. */
    create(target: Target, inputs: Bag, preview: boolean): Promise<State>;
    /** The live state, or undefined when the resource does not exist. */
    read(target: Target, id: string, inputs: Bag): Promise<(State & { readonly inputs: Bag }) | undefined>;
    update(target: Target, id: string, before: Bag, after: Bag, preview: boolean): Promise<State>;
    delete(target: Target, id: string, inputs: Bag): Promise<void>;
    invoke(token: string, args: Bag): Promise<Bag>;
}
