import type * as pulumi from "@pulumi/pulumi";

import type { IssuerRef } from "../../common/certificate";
import { servicesOf } from "../../layer";
import { endpoints, type Instance, instancesOf, membersOf, ports } from "../instances";
import { type ManagedArgs, valkeySettings, type ValkeyStores } from "../managed";
import { ValkeyCluster } from "./cluster";

/** Arguments of {@link valkeyStores}. */
export interface ValkeyStoresArgs extends Pick<ManagedArgs, "config" | "declared" | "namespaces"> {
    readonly issuer: IssuerRef;
    readonly priorityClassName: string;
    /** The priority class, and what serves PodMonitor. */
    readonly needs: readonly pulumi.Resource[];
    /** Creates a cluster's backup, if it has one. */
    readonly backup: (instance: Instance, cluster: ValkeyCluster) => void;
}

/** The Valkey clusters as pods (CA-01). */
export function valkeyStores(args: ValkeyStoresArgs, opts: pulumi.ComponentResourceOptions): ValkeyStores {
    const { declared, backup, ...common } = args;
    const clusters = Object.fromEntries(
        instancesOf(args.config).map((instance) => {
            const callers = declared.graph.storeCallers(instance.name);
            const cluster = new ValkeyCluster(instance.name, { ...common, instance, callers }, opts);
            backup(instance, cluster);
            return [instance.name, { cluster, hosts: membersOf(instance).map(({ host }) => host) }];
        }),
    );
    const own = { "valkey-state": endpoints["valkey-state"], "valkey-cache": endpoints["valkey-cache"] };
    return servicesOf(own, (store) => {
        const entry = clusters[store];
        const nodes = entry?.hosts.map((host) => `${host}:${ports.valkey}`).join(",") ?? "";
        return {
            ready: entry?.cluster.ready ?? [],
            credentialsOf: (workload) => entry?.cluster.serviceSecrets[workload],
            settingsOf: (workload) => valkeySettings(nodes, workload),
        };
    });
}
