import type * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

import { type CacheName, caches, l1CacheMiB } from "../../catalog/caches";
import { ports, type TrafficGraph } from "../../catalog/graph";
import type { Workload, Workloads } from "../../catalog/types";
import { variables } from "../common/variables";
import type { Store, Stores } from "../layer";

/** A name such as `postgres-rw` as prefix of an environment variable: `POSTGRES_RW`. */
function variable(name: string): string {
    return name.toUpperCase().replaceAll(/[^A-Z0-9]+/g, "_");
}

/** URL of a workload's Service from anywhere in the cluster. */
export function serviceUrl(name: string, workload: Workload): string {
    return `http://${name}.${workload.namespace}.svc.cluster.local:${workload.servicePort ?? ports.http}`;
}

/** A store that a workload calls, from an earlier layer. */
export function storeOf(stores: Stores, workload: string, name: string): Store {
    const store = stores[name];
    if (store === undefined) {
        throw new Error(
            `${workload} calls store ${name}, which no earlier layer creates; add its layer before services`,
        );
    }
    return store;
}

/** Folder of a container with its certificate, `tls.crt` and `tls.key`, and the authority of the stores' ones, `ca.crt`. */
export const certificateFolder = "/var/run/secrets/certificate";

/** Folder of a container with the files of a store's credentials. */
export function credentialsFolder(store: string): string {
    return `/var/run/secrets/stores/${store}`;
}

/** Variables of what a workload or a job calls: addresses, settings, folders of credentials, lifetimes of its caches. */
export function callVariables(
    name: string,
    cached: readonly CacheName[],
    workloads: Workloads,
    graph: TrafficGraph,
    stores: Stores,
): Record<string, pulumi.Input<string>> {
    const values: Record<string, pulumi.Input<string>> = {};
    if (graph.callees(name).some(({ to }) => to.kind === "store")) {
        values["CERTIFICATE"] = certificateFolder;
    }
    for (const { to } of graph.callees(name)) {
        if (to.kind === "workload") {
            const callee = workloads[to.name];
            if (callee !== undefined) {
                values[`${variable(to.name)}_URL`] = serviceUrl(to.name, callee);
            }
        } else if (to.kind === "store") {
            const store = storeOf(stores, name, to.name);
            values[`${variable(to.name)}_ADDRESS`] = store.address;
            for (const [setting, value] of Object.entries(store.settingsOf(name))) {
                values[`${variable(to.name)}_${setting}`] = value;
            }
            if (store.credentialsOf(name) !== undefined) {
                values[`${variable(to.name)}_CREDENTIALS`] = credentialsFolder(to.name);
            }
        }
    }
    for (const cache of cached) {
        values[`CACHE_TTL_${variable(cache)}_SECONDS`] = String(caches[cache].ttlSeconds);
    }
    return values;
}

/**
 * Environment variables of a service: its ports, the addresses of its dependencies, the lifetimes of its caches. Plain
 * values only; credentials are mounted as secrets (SV-05 to SV-09, CA-03 to CA-08, DB-17).
 */
export function environment(
    name: string,
    workload: Workload,
    workloads: Workloads,
    graph: TrafficGraph,
    stores: Stores,
): k8s.types.input.core.v1.EnvVar[] {
    return variables({
        SERVICE_NAME: name,
        PORT: String(ports.http),
        MANAGEMENT_PORT: String(ports.management),
        CACHE_L1_MAX_MB: String(l1CacheMiB),
        ...callVariables(name, workload.caches ?? [], workloads, graph, stores),
        ...workload.settings,
    });
}
