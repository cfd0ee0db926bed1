import type * as pulumi from "@pulumi/pulumi";

import type { StoreCaller } from "../../catalog/graph";
import type { Cluster } from "../cluster/types";
import type { Declared, Store } from "../layer";
import type { Network } from "../network/types";
import type { Namespaces } from "../security/types";
import { endpointsOf, type Instance, type InstanceName, instancesOf } from "./instances";
import type { LayerConfig } from "./layer-config";
import type { Caches } from "./types";

/** The Valkey clusters of a stack. */
export type ValkeyStores = Pick<Caches, InstanceName>;

/** Arguments of what creates managed clusters. */
export interface ManagedArgs {
    readonly config: LayerConfig;
    readonly declared: Pick<Declared, "graph">;
    readonly network: Network | undefined;
    readonly cluster: Pick<Cluster, "name" | "podSecurityGroup">;
    readonly namespaces: Namespaces;
}

/** A managed cluster with its callers. */
export interface ManagedInstance {
    readonly instance: Instance;
    readonly callers: readonly StoreCaller[];
}

/** The network of a stack with managed clusters, which exist on clouds with a network only. */
export function networkOf({ network, config }: Pick<ManagedArgs, "network" | "config">): Network {
    if (network === undefined) {
        throw new Error(
            `cache.kind ${config.cache.kind} needs the stack's own network; give valkey on an existing cluster`,
        );
    }
    return network;
}

/** Both stores of a stack, each by `storeOf`, which gets what the store does not have from its declaration. */
export function managedStores(
    { config, declared }: Pick<ManagedArgs, "config" | "declared">,
    storeOf: (one: ManagedInstance) => Omit<Store, "endpoint">,
): ValkeyStores {
    const endpoints = endpointsOf(config);
    const entries = instancesOf(config).map((instance): [InstanceName, Store] => {
        const callers = declared.graph.storeCallers(instance.name);
        return [instance.name, { endpoint: endpoints[instance.name], ...storeOf({ instance, callers }) }];
    });
    return Object.fromEntries(entries) as unknown as ValkeyStores;
}

/** Settings of a caller of any Valkey cluster (CA-01): nodes to start from, its user, and that it connects by TLS. */
export function valkeySettings(nodes: pulumi.Input<string>, user: pulumi.Input<string>) {
    return { NODES: nodes, USER: user, TLS: "true" };
}
