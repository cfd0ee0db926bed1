import * as pulumi from "@pulumi/pulumi";

import type { Workloads } from "../../catalog/types";
import type { AnyPart } from "../../config/part";
import type { CustomKind } from "../../custom-resources/pod-types";
import type { Declaration } from "./declaration";
import type { Stores } from "./stores";
import type { Declared } from "./declared";

/** Inputs of a layer's declaration. */
export interface DeclareArgs<Config> {
    readonly config: Config;
    readonly workloads: Workloads;
}

/** Inputs of every layer besides the interfaces of the layers before it. */
export interface LayerArgs<Config> extends DeclareArgs<Config> {
    /** The declarations of all layers, combined. */
    readonly declared: Declared;
    /** Stores of the layers before it. */
    readonly stores: Stores;
}

/** When a stack has a layer. */
export interface OptionalLayer<Config, Promised> {
    /** Without it, the layer declares nothing and creates nothing, not even its component. */
    readonly wanted: (config: Config) => boolean;
    /** Its interface in a stack that does not have it; provides no stores. */
    readonly absent: Promised;
}

/**
 * A layer of the platform: one folder and one line in `platform.ts`.
 *
 * @typeParam Config the keys that it reads, its own and those of others
 * @typeParam Needs interfaces of earlier layers, by layer; one of a later layer does not compile
 * @typeParam Part the keys that it adds
 */
export interface Layer<Name extends string, Config, Needs, Promised, Part extends AnyPart = never> {
    /** The layer's folder; also the name of its component and of its interface. */
    readonly name: Name;
    /** The layer's part of the configuration. @default none */
    readonly config?: Part;
    /** @default nothing is declared */
    readonly declare?: (args: DeclareArgs<Config>) => Declaration;
    /** Creates the layer's resources below `opts.parent`. */
    readonly create: (name: string, args: LayerArgs<Config> & Needs, opts: pulumi.ComponentResourceOptions) => Promised;
    /** For a layer that not every stack has. @default every stack has it */
    readonly optional?: OptionalLayer<Config, Promised>;
    /** Custom kinds of its objects that run pods. @default none */
    readonly customKinds?: readonly CustomKind[];
    /** Stores that the layer creates, each declared. @default none */
    readonly storesOf?: (promise: Promised) => Stores;
    /** Providers for later layers. @default none */
    readonly providersOf?: (promise: Promised) => readonly pulumi.ProviderResource[];
}

/** A layer in the resource tree; {@link promise} is its interface. */
export class LayerComponent<Promised> extends pulumi.ComponentResource {
    public readonly promise: Promised;

    constructor(
        name: string,
        args: { readonly create: (opts: pulumi.ComponentResourceOptions) => Promised },
        opts?: pulumi.ComponentResourceOptions,
    ) {
        super(`shop:${name}:Layer`, name, {}, opts);
        this.promise = args.create({ parent: this });
        this.registerOutputs({});
    }
}
