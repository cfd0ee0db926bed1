import type * as pulumi from "@pulumi/pulumi";

import { databaseName } from "../../catalog/database";
import type { Addons } from "../addons/types";
import type { Certificates } from "../certificates/types";
import type { Cluster } from "../cluster/types";
import { installCharts } from "../helm";
import { cloudIdentity } from "../identity";
import { type LayerArgs, servicesOf } from "../layer";
import type { Namespaces } from "../security/types";
import type { Storage } from "../storage/types";
import { IndexesJob } from "./indexes-job";
import type { LayerConfig } from "./layer-config";
import { MongoCluster } from "./mongo-cluster";
import { mongoOperator, operatorName } from "./operator";
import { backupPermissions } from "./permissions";
import { clusterName, type Documents, documentsEndpoint, documentsNamespace, replicaSet } from "./types";
import { DocumentsUsers } from "./users";

/** What the layer needs of those before it. */
export interface DocumentsNeeds {
    readonly cluster: Cluster;
    readonly storage: Storage;
    readonly security: Namespaces;
    readonly addons: Addons;
    readonly certificates: Certificates;
}

/** Creates MongoDB: users, operator, replica set, collections and indexes. */
export function createDocuments(
    name: string,
    args: LayerArgs<LayerConfig> & DocumentsNeeds,
    opts: pulumi.ComponentResourceOptions,
): Documents {
    const { config, declared, cluster, storage, security: namespaces, addons, certificates } = args;
    const namespace = namespaces[documentsNamespace];
    const issuer = certificates.internal;
    // In a replica too: its services mount the Secrets when they start.
    const callers = declared.graph.storeCallers("mongodb");
    const { users, credentials, schema } = new DocumentsUsers(`${name}-users`, { namespaces, callers }, opts);
    const stores = (ready: readonly pulumi.Resource[]): Documents =>
        servicesOf({ mongodb: documentsEndpoint }, () => ({
            credentialsOf: (workload) => credentials[workload],
            // The replica set's name makes a client look for its members, of which the address is the first contact.
            settingsOf: () => ({ DATABASE: databaseName, REPLICA_SET: replicaSet }),
            ready,
        }));
    if (config.role === "replica") {
        // MongoDB is installed when the stack is promoted; the services have no pods until then (CL-18).
        return stores([]);
    }
    const bucket = config.documents.backup.enabled ? storage.backups : undefined;
    const identity = (role: string, serviceAccount: string) =>
        bucket === undefined
            ? undefined
            : cloudIdentity(
                  `${name}-${role}`,
                  {
                      config,
                      cluster,
                      namespace: documentsNamespace,
                      serviceAccount,
                      permissions: backupPermissions(bucket, config),
                  },
                  opts,
              );
    const [operators, members] = [identity("operator", operatorName), identity("members", clusterName)];
    // Pods get their credentials when they are created: the identities have to exist before.
    const needs = [addons.priority, ...(operators?.granted ?? [])];
    const site = { config, cluster, namespaces, site: undefined, needs };
    const operator = Object.values(installCharts(name, [mongoOperator], site, opts));
    const mongo = new MongoCluster(
        `${name}-mongodb`,
        {
            config,
            namespace,
            issuer,
            storageClass: storage.fastSsd,
            users,
            bucket: bucket?.name,
            accountAnnotations: members?.accountAnnotations ?? {},
            needs: [...operator, ...(members?.granted ?? [])],
        },
        opts,
    );
    const { resource } = new IndexesJob(
        `${name}-indexes`,
        { config, namespace, issuer, credentials: schema, needs: [mongo.resource] },
        opts,
    );
    return stores([mongo.resource, resource]);
}
