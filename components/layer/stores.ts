import * as pulumi from "@pulumi/pulumi";

import type { ClusterEndpoint, StoreEndpoint } from "../../catalog/stores";
import type { Layer } from "./layer";

/** A store that services call, in the cluster or managed by the cloud (DB-01, DB-18, CA-01, MQ-01, SE-01). */
export interface Store {
    /** What the layer declared. */
    readonly endpoint: StoreEndpoint;
    /** `host:port`; resolves when the store accepts connections. */
    readonly address: pulumi.Output<string>;
    /**
     * Name of the Secret with a workload's credentials, in the workload's namespace (DB-17). Undefined where the store
     * requires none.
     */
    readonly credentialsOf: (workload: string) => pulumi.Output<string> | undefined;
    /**
     * Plain values that a workload needs to connect, such as the name of its database, by the end of their environment
     * variables: `DATABASE` becomes `POSTGRES_RW_DATABASE`. Never a secret.
     */
    readonly settingsOf: (workload: string) => Readonly<Record<string, pulumi.Input<string>>>;
    /**
     * Annotations of a workload's ServiceAccount, for stores that know it by its cloud identity; undefined for workloads that
     * do not call it. @default none
     */
    readonly accountAnnotationsOf?: (workload: string) => pulumi.Output<Record<string, string>> | undefined;
    /** Dependencies of a caller. */
    readonly ready: readonly pulumi.Resource[];
}

/** What a store gives its callers besides its address. */
export type StoreAccess = Partial<Pick<Store, "credentialsOf" | "settingsOf" | "ready">>;

/** Stores by name. */
export type Stores = Readonly<Record<string, Store>>;

/** `host:port` of a Service by its DNS name in the cluster. */
function serviceAddress({ service, namespace, port }: ClusterEndpoint): string {
    return `${service}.${namespace}.svc.cluster.local:${port}`;
}

/**
 * Stores by the DNS names of their Services, which are known before their pods exist.
 *
 * @param accessOf what each store gives its callers. @default nothing
 */
export function servicesOf<Name extends string>(
    endpoints: Readonly<Record<Name, ClusterEndpoint>>,
    accessOf: (store: Name) => StoreAccess = () => ({}),
): Readonly<Record<Name, Store>> {
    const entries = Object.entries<ClusterEndpoint>(endpoints).map(([name, endpoint]): [string, Store] => [
        name,
        {
            endpoint,
            address: pulumi.output(serviceAddress(endpoint)),
            credentialsOf: () => undefined,
            settingsOf: () => ({}),
            ready: [],
            ...accessOf(name as Name),
        },
    ]);
    return Object.fromEntries(entries) as Record<Name, Store>;
}

/** A layer that provides endpoints only: its Services are declared, and no pods are created behind them. */
export function endpointsOnly<Name extends string>(
    name: Name,
    endpoints: Readonly<Record<string, ClusterEndpoint>>,
): Layer<Name, unknown, unknown, Stores> {
    return {
        name,
        declare: () => ({ stores: endpoints }),
        create: () => servicesOf(endpoints),
        storesOf: (stores) => stores,
    };
}
