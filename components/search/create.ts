import type * as pulumi from "@pulumi/pulumi";

import type { Addons } from "../addons/types";
import type { Certificates } from "../certificates/types";
import type { Cluster } from "../cluster/types";
import { installCharts } from "../helm";
import { type LayerArgs, servicesOf } from "../layer";
import type { Namespaces } from "../security/types";
import type { Storage } from "../storage/types";
import { eck } from "./eck";
import type { LayerConfig } from "./layer-config";
import { indexOf } from "./roles";
import { SearchCluster } from "./search-cluster";
import type { AccessTo } from "./snapshots/access";
import { SnapshotJobs } from "./snapshots/jobs";
import { snapshotJobs, snapshotNames } from "./snapshots/names";
import { NodeAccount } from "./snapshots/node-account";
import { type Search, searchEndpoint, searchNamespace } from "./types";
import { SearchUsers } from "./users";

/** What the layer needs of those before it. */
export interface SearchNeeds {
    readonly cluster: Cluster;
    readonly storage: Storage;
    readonly security: Namespaces;
    readonly addons: Addons;
    readonly certificates: Certificates;
}

/** Arguments of {@link createElasticsearch}. */
export type CreateElasticsearchArgs = LayerArgs<LayerConfig> &
    SearchNeeds & {
        /** How nodes reach the cloud's bucket; undefined where there is none. */
        readonly accessTo: AccessTo | undefined;
    };

/** The cluster, and its snapshots where the stack has a bucket; returns what callers of the cluster wait for. */
function createCluster(
    name: string,
    args: CreateElasticsearchArgs & { readonly users: SearchUsers; readonly operator: readonly pulumi.Resource[] },
    opts: pulumi.ComponentResourceOptions,
): readonly pulumi.Resource[] {
    const { config, declared, cluster, storage, certificates, users, accessTo, operator } = args;
    const callers = declared.graph.storeCallers("elasticsearch");
    const namespace = args.security[searchNamespace];
    const bucket = config.search.backup.enabled ? storage.backups : undefined;
    const access = bucket && accessTo?.(bucket, config);
    const account = bucket && new NodeAccount(`${name}-nodes`, { config, cluster, namespace, bucket }, opts);
    const elasticsearch = new SearchCluster(
        `${name}-elasticsearch`,
        {
            config,
            namespace,
            issuer: certificates.internal,
            storageClass: storage.fastSsd,
            users: users.usersSecret,
            roles: users.rolesSecret,
            snapshots: access,
            needs: [...operator, ...(account?.ready ?? [])],
        },
        opts,
    );
    if (access !== undefined) {
        const login = (user: string) => users.credentials[user] ?? user;
        const { register, restore } = snapshotNames;
        const logins = { register: login(register), restore: login(restore) };
        new SnapshotJobs(
            `${name}-snapshots`,
            { config, namespace, callers, access, logins, needs: [elasticsearch] },
            opts,
        );
    }
    return [elasticsearch];
}

/** Creates the operator and the users, and Elasticsearch except in a replica (SE-01, CL-18). */
export function createElasticsearch(
    name: string,
    args: CreateElasticsearchArgs,
    opts: pulumi.ComponentResourceOptions,
): Search {
    const { config, declared, cluster, security: namespaces, addons } = args;
    const monitors = addons.ready["prometheus-operator-crds"];
    const needs = [addons.priority, ...(monitors === undefined ? [] : [monitors])];
    const site = { config, cluster, namespaces, site: undefined, needs };
    const operator = Object.values(installCharts(name, [eck], site, opts));
    const { passwordGeneration: generation } = config.search;
    const callers = declared.graph.storeCallers("elasticsearch");
    const jobs = snapshotJobs(config);
    // In a replica too: its services mount the Secrets when they start.
    const users = new SearchUsers(`${name}-users`, { namespaces, callers, jobs, generation }, opts);
    // Elasticsearch starts when a replica is promoted; its services have no pods until then (CL-18).
    const ready = config.role === "replica" ? operator : createCluster(name, { ...args, users, operator }, opts);
    return servicesOf({ elasticsearch: searchEndpoint }, () => ({
        credentialsOf: (workload) => users.credentials[workload],
        settingsOf: (workload) => ({ INDEX: indexOf({ workload }) }),
        ready,
    }));
}
