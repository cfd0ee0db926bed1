import * as pulumi from "@pulumi/pulumi";

import type { ClusterEndpoint, StoreEndpoint } from "../../catalog/stores";

/** A store that can be called, whether its pods are ours or the cloud's (DB-01, DB-18, CA-01, MQ-01, SE-01). */
export interface Store {
    /** What the layer declared. */
    readonly endpoint: StoreEndpoint;
    /** `host:port`; resolves when the store answers. */
    readonly address: pulumi.Output<string>;
    /**
     * Name of the Secret with the credentials of a workload's own role, in that workload's namespace (DB-17). Undefined
     * where the store asks for none.
     */
    readonly credentialsOf: (workload: string) => pulumi.Output<string> | undefined;
    /** What a caller waits for. */
    readonly ready: readonly pulumi.Resource[];
}

/** Stores by name. */
export type Stores = Readonly<Record<string, Store>>;

/** `host:port` of a Service by its DNS name in the cluster. */
function serviceAddress({ service, namespace, port }: ClusterEndpoint): string {
    return `${service}.${namespace}.svc.cluster.local:${port}`;
}

/** Stores by the names of their Services, which are known before their pods are. They hand out no credentials. */
export function servicesOf<Name extends string>(
    endpoints: Readonly<Record<Name, ClusterEndpoint>>,
    ready: readonly pulumi.Resource[] = [],
): Readonly<Record<Name, Store>> {
    const entries = Object.entries<ClusterEndpoint>(endpoints).map(([name, endpoint]): [string, Store] => [
        name,
        {
            endpoint,
            address: pulumi.output(serviceAddress(endpoint)),
            credentialsOf: () => undefined,
            ready,
        },
    ]);
    return Object.fromEntries(entries) as Record<Name, Store>;
}
