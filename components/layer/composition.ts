import type * as pulumi from "@pulumi/pulumi";

import type { Stores } from "./stores";
import { type Declared, fold } from "./declared";
import { type DeclareArgs, type Layer, type LayerArgs, LayerComponent } from "./layer";

/** A layer whose types were checked when it was added. */
type AnyLayer = Layer<string, unknown, Readonly<Record<string, unknown>>, unknown>;

/** Checks that each created store is the declared one: network policies follow from the declaration. */
function checkStores(layer: AnyLayer, created: Stores, declared: Declared): void {
    for (const [name, { endpoint }] of Object.entries(created)) {
        if (JSON.stringify(declared.stores[name]) !== JSON.stringify(endpoint)) {
            throw new Error(`layer ${layer.name} provides store ${name}, which it does not declare; declare it`);
        }
    }
}

/**
 * Layers in order of creation. Each is added with the interfaces of the layers before it and no others: `Promises` has one
 * property per layer.
 */
export class Composition<Config, Promises> {
    private constructor(private readonly layers: readonly AnyLayer[]) {}

    /** A composition without layers; `Given` are the inputs that {@link create} takes besides the configuration. */
    public static of<Config, Given>(): Composition<Config, Given> {
        return new Composition<Config, Given>([]);
    }

    /** Adds a layer, which may depend on the interfaces of the layers before it. */
    public with<Name extends string, Promised>(
        layer: Layer<Name, Config, Promises, Promised>,
    ): Composition<Config, Promises & Readonly<Record<Name, Promised>>> {
        if (this.layers.some(({ name }) => name === layer.name)) {
            throw new Error(`layer ${layer.name} exists already; give another name`);
        }
        return new Composition([...this.layers, layer as unknown as AnyLayer]);
    }

    /** Names of the layers, in order. */
    public get names(): readonly string[] {
        return this.layers.map(({ name }) => name);
    }

    /** The declarations of all layers, combined. Pure. */
    public declare(args: DeclareArgs<Config>): Declared {
        return fold(
            this.layers.map((layer) => [layer.name, layer.declare?.(args) ?? {}]),
            args.workloads,
        );
    }

    /** Creates the layers in order, each as a component below `parent`. */
    public create(
        args: DeclareArgs<Config> & { readonly given: object },
        parent: pulumi.ComponentResource,
    ): Promises & { readonly declared: Declared } {
        const declared = this.declare(args);
        const { config, workloads } = args;
        let promises: Readonly<Record<string, unknown>> = { ...args.given };
        let stores: Stores = {};
        let providers: readonly pulumi.ProviderResource[] = [];
        for (const layer of this.layers) {
            const needs: LayerArgs<Config> & typeof promises = { ...promises, config, workloads, declared, stores };
            const { promise } = new LayerComponent(
                layer.name,
                { create: (opts) => layer.create(layer.name, needs, opts) },
                { parent, ...(providers.length === 0 ? {} : { providers: [...providers] }) },
            );
            promises = { ...promises, [layer.name]: promise };
            const created = layer.storesOf?.(promise) ?? {};
            checkStores(layer, created, declared);
            stores = { ...stores, ...created };
            providers = [...providers, ...(layer.providersOf?.(promise) ?? [])];
        }
        return { ...promises, declared } as Promises & { readonly declared: Declared };
    }
}
