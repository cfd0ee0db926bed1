import type * as pulumi from "@pulumi/pulumi";

import { type ComposedConfig, composeConfig, type ConfigOf } from "../../config/compose";
import type { AnyPart } from "../../config/part";
import type { CustomKind } from "../../custom-resources/pod-types";
import { type Declared, fold } from "./declared";
import { type DeclareArgs, type Layer, type LayerArgs, LayerComponent } from "./layer";
import type { Stores } from "./stores";

/** A layer whose types were checked when it was added. */
type AnyLayer = Layer<string, unknown, Readonly<Record<string, unknown>>, unknown, AnyPart>;

/** Whether a stack with this configuration has the layer. */
function isIn(layer: AnyLayer, config: unknown): boolean {
    return layer.optional?.wanted(config) ?? true;
}

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
 *
 * @typeParam Part the parts of the configuration of all layers
 * @typeParam Read the configuration that the layers read
 */
export class Composition<Part extends AnyPart, Read, Promises> {
    /** The configuration: core, shared parts and those of every layer. */
    public readonly configuration: ComposedConfig<readonly Part[]>;

    private constructor(
        private readonly shared: readonly AnyPart[],
        private readonly layers: readonly AnyLayer[],
    ) {
        const parts = [...shared, ...layers.flatMap(({ config }) => config ?? [])];
        this.configuration = composeConfig(parts as unknown as readonly Part[]);
    }

    /**
     * A composition without layers.
     *
     * @param shared parts of the configuration that no layer owns
     * @typeParam Given the inputs that {@link create} takes besides the configuration
     */
    public static of<Given, const Part extends AnyPart>(shared: readonly Part[]): Composition<Part, unknown, Given> {
        return new Composition(shared, []);
    }

    /** Adds a layer, which may depend on the interfaces of the layers before it. */
    public with<Name extends string, Config, Promised, Own extends AnyPart = never>(
        layer: Layer<Name, Config, Promises, Promised, Own>,
    ): Composition<Part | Own, Read & Config, Promises & Readonly<Record<Name, Promised>>> {
        if (this.layers.some(({ name }) => name === layer.name)) {
            throw new Error(`layer ${layer.name} exists already; give another name`);
        }
        return new Composition(this.shared, [...this.layers, layer as unknown as AnyLayer]);
    }

    /** Names of the layers, in order. */
    public get names(): readonly string[] {
        return this.layers.map(({ name }) => name);
    }

    /** Custom kinds of the layers' objects that run pods. */
    public get customKinds(): readonly CustomKind[] {
        return this.layers.flatMap((layer) => layer.customKinds ?? []);
    }

    /** The declarations of all layers, combined. Pure. */
    public declare(args: DeclareArgs<ConfigOf<readonly Part[]> & Read>): Declared {
        return fold(
            this.layers.map((layer) => [layer.name, (isIn(layer, args.config) ? layer.declare?.(args) : {}) ?? {}]),
            args.workloads,
            this.customKinds,
            args.config.images.pins,
        );
    }

    /** Creates the layers in order, each as a component below `parent`. */
    public create(
        args: DeclareArgs<ConfigOf<readonly Part[]> & Read> & { readonly given: object },
        parent: pulumi.ComponentResource,
    ): Promises & { readonly declared: Declared } {
        return this.createUntil(undefined, args, parent) as Promises & { readonly declared: Declared };
    }

    /** Creates the layers in order up to the one with the name, or all; they read the declarations of all layers. */
    public createUntil(
        last: string | undefined,
        args: DeclareArgs<ConfigOf<readonly Part[]> & Read> & { readonly given: object },
        parent: pulumi.ComponentResource,
    ): { readonly declared: Declared } {
        const declared = this.declare(args);
        const { config, workloads } = args;
        let promises: Readonly<Record<string, unknown>> = { ...args.given };
        let stores: Stores = {};
        let providers: readonly pulumi.ProviderResource[] = [];
        for (const layer of this.layers) {
            if (isIn(layer, config)) {
                const needs: LayerArgs<unknown> & typeof promises = {
                    ...promises,
                    config,
                    workloads,
                    declared,
                    stores,
                };
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
            } else {
                promises = { ...promises, [layer.name]: layer.optional?.absent };
            }
            if (layer.name === last) {
                break;
            }
        }
        return { ...promises, declared };
    }
}
