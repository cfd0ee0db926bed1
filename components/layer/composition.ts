import type * as pulumi from "@pulumi/pulumi";

import type { Stores } from "./stores";
import { type Declared, fold } from "./declared";
import { type DeclareArgs, type Layer, type LayerArgs, LayerComponent } from "./layer";

/** A layer whose types were checked when it was added. */
type AnyLayer = Layer<string, unknown, Readonly<Record<string, unknown>>, unknown>;

/** A store that was created has to be the one that was declared: policies were written for that one. */
function checkStores(layer: AnyLayer, created: Stores, declared: Declared): void {
    for (const [name, { endpoint }] of Object.entries(created)) {
        if (JSON.stringify(declared.stores[name]) !== JSON.stringify(endpoint)) {
            throw new Error(`layer ${layer.name} provides store ${name}, which it does not declare; declare it`);
        }
    }
}

/**
 * Layers in the order in which they are created. Each is added with the promises of those before it and no others:
 * `Promises` has one property a layer.
 */
export class Composition<Config, Promises> {
    private constructor(private readonly layers: readonly AnyLayer[]) {}

    /** A composition without layers; `Given` is what {@link create} is handed from outside. */
    public static of<Config, Given>(): Composition<Config, Given> {
        return new Composition<Config, Given>([]);
    }

    /** The same with one more layer; it may need the promises of the layers before it. */
    public with<Name extends string, Promised>(
        layer: Layer<Name, Config, Promises, Promised>,
    ): Composition<Config, Promises & Readonly<Record<Name, Promised>>> {
        if (this.layers.some(({ name }) => name === layer.name)) {
            throw new Error(`layer ${layer.name} is there already; give another name`);
        }
        return new Composition([...this.layers, layer as unknown as AnyLayer]);
    }

    /** Names of the layers, in order. */
    public get names(): readonly string[] {
        return this.layers.map(({ name }) => name);
    }

    /** What all layers will run. Pure. */
    public declare(args: DeclareArgs<Config>): Declared {
        return fold(
            this.layers.map((layer) => [layer.name, layer.declare?.(args) ?? {}]),
            args.workloads,
        );
    }

    /** Creates the layers one after the other, each as a component below `parent`. */
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
