import type { Bag } from "./value";
import type { Change } from "./diff";

/** A refusal in the words that the real service would use. */
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
    /** Top-level outputs that are secret whatever the inputs were. */
    readonly secretOutputs?: readonly string[];
}

/**
 * What a stand-in answers, free of the wire. {@link file://./server.ts} speaks the provider protocol for it: it unwraps
 * secrets, computes the diff of the inputs, and wraps again in the outputs what was secret in the inputs.
 */
export interface Provider {
    /** Semantic version that the engine is told. */
    readonly version: string;
    checkConfig(inputs: Bag): readonly Failure[];
    /** Paths of the provider's own inputs whose change means another cloud or cluster, hence a replacement. */
    configReplaces(before: Bag, after: Bag): readonly string[];
    configure(inputs: Bag): Promise<void>;
    check(target: Target, olds: Bag, news: Bag): Promise<Checked>;
    /** Which of the changes cannot be made in place. */
    replaces(target: Target, changes: readonly Change[]): readonly string[];
    /** True when the old one must be gone first, because its name is taken for as long as it exists. */
    deleteBeforeReplace(target: Target, before: Bag, after: Bag): boolean;
    /** With `preview`, nothing is stored and what is not known yet is {@link Unknown}. */
    create(target: Target, inputs: Bag, preview: boolean): Promise<State>;
    /** The live state, or undefined when it is gone. */
    read(target: Target, id: string, inputs: Bag): Promise<(State & { readonly inputs: Bag }) | undefined>;
    update(target: Target, id: string, before: Bag, after: Bag, preview: boolean): Promise<State>;
    delete(target: Target, id: string, inputs: Bag): Promise<void>;
    invoke(token: string, args: Bag): Promise<Bag>;
}
