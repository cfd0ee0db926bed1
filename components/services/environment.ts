import type * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

import { caches, l1CacheMiB } from "../../catalog/caches";
import { ports, type TrafficGraph } from "../../catalog/graph";
import type { Workload, Workloads } from "../../catalog/types";
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
    const values: Record<string, pulumi.Input<string>> = {
        SERVICE_NAME: name,
        PORT: String(ports.http),
        MANAGEMENT_PORT: String(ports.management),
        CACHE_L1_MAX_MB: String(l1CacheMiB),
    };
    for (const { to } of graph.callees(name)) {
        if (to.kind === "workload") {
            const callee = workloads[to.name];
            if (callee !== undefined) {
                values[`${variable(to.name)}_URL`] = serviceUrl(to.name, callee);
            }
        } else if (to.kind === "store") {
            values[`${variable(to.name)}_ADDRESS`] = storeOf(stores, name, to.name).address;
        }
    }
    for (const cache of workload.caches ?? []) {
        values[`CACHE_TTL_${variable(cache)}_SECONDS`] = String(caches[cache].ttlSeconds);
    }
    const all = { ...values, ...workload.settings };
    return Object.entries(all).map(([key, value]) => ({ name: key, value }));
}
