import * as pulumi from "@pulumi/pulumi";

import { databaseName, databaseRole } from "../../catalog/database";
import type { StoreCaller } from "../../catalog/graph";
import type { ClusterEndpoint } from "../../catalog/stores";
import type { Addons } from "../addons/types";
import type { Certificates } from "../certificates/types";
import type { Cluster } from "../cluster/types";
import { InternalCertificate, serviceNames } from "../common/certificate";
import { PrometheusRules } from "../common/prometheus-rules";
import { installCharts } from "../helm";
import { cloudIdentity } from "../identity";
import { type LayerArgs, servicesOf, type Store, type StoreAccess } from "../layer";
import type { Namespaces } from "../security/types";
import type { Storage } from "../storage/types";
import { type BarmanCredentials, BackupSchedules, BackupStore } from "./backups";
import { PostgresCluster } from "./cluster";
import { CustomQueries } from "./custom-queries";
import { databaseCharts } from "./declare";
import { databaseEndpoints, type DatabaseStore } from "./endpoints";
import type { LayerConfig } from "./layer-config";
import { Monitors } from "./monitors";
import { clusterName, poolerName, poolerTypes, port, reloaded } from "./names";
import { backupPermissions } from "./permissions";
import { Pgpool } from "./pgpool";
import { PgBouncer } from "./pooler";
import { Retention } from "./retention/retention";
import { Roles } from "./roles";
import { databaseRuleGroups } from "./rules";
import { createSchema } from "./schema/create";
import { partitionMetrics, partitionQueries } from "./schema/metrics";
import { statementMetrics, statementQueries } from "./statements";
import type { Database } from "./types";

/** The interfaces of earlier layers that the database needs. */
export interface DatabaseNeeds {
    readonly cluster: Cluster;
    readonly storage: Storage;
    readonly security: Namespaces;
    readonly addons: Addons;
    readonly certificates: Certificates;
}

/** How instances reach the cloud's APIs. */
export interface CloudAccess {
    /** How Barman gets credentials for the bucket of backups. */
    readonly credentials: BarmanCredentials;
}

/** Workloads that call one of the layer's stores, each once, in the order of the catalogue. */
export function callersOf(
    graph: LayerArgs<LayerConfig>["declared"]["graph"],
    stores: readonly string[],
): StoreCaller[] {
    const all = stores.flatMap((store) => graph.storeCallers(store));
    return [...new Map(all.map((caller) => [caller.workload, caller])).values()];
}

/** Creates PostgreSQL with CloudNativePG: operator, instances, backups, poolers. */
export function createDatabase(
    name: string,
    args: LayerArgs<LayerConfig> & DatabaseNeeds & CloudAccess,
    opts: pulumi.ComponentResourceOptions,
): Database {
    const { config, cluster, storage, security: namespaces, addons, certificates, declared, credentials } = args;
    const { database } = config;
    const namespace = namespaces.data;
    const { "cert-manager": certManager, "prometheus-operator-crds": monitorKinds } = addons.ready;
    const needs = [addons.priority, ...[certManager, monitorKinds].flatMap((resource) => resource ?? [])];
    const releases = installCharts(
        name,
        databaseCharts(config),
        { config, cluster, namespaces, site: undefined, needs },
        opts,
    );
    // The operator's and the plugin's kinds are served, and their webhooks answer.
    const operators = Object.values(releases);
    const endpoints = databaseEndpoints(config);
    const callers = callersOf(declared.graph, Object.keys(endpoints));
    const roles = new Roles(
        `${name}-roles`,
        {
            callers,
            split: database.pgpool.enabled
                ? declared.graph.storeCallers("postgres-split").map(({ workload }) => workload)
                : undefined,
            namespaces,
            generation: database.passwordGeneration,
        },
        opts,
    );
    const certificate = new InternalCertificate(
        `${name}-certificate`,
        {
            secretName: `${clusterName}-server`,
            namespace,
            component: "database",
            issuer: certificates.internal,
            usage: "server",
            commonName: `${clusterName}-rw`,
            // The poolers have the certificate of their Cluster.
            dnsNames: [
                ...["rw", "ro", "r"].flatMap((service) => serviceNames(`${clusterName}-${service}`, "data")),
                ...poolerTypes.flatMap((type) => serviceNames(poolerName(type), "data")),
            ],
            secretLabels: reloaded,
        },
        opts,
    );
    const replica = config.replicaOf !== undefined;
    const bucket = database.backup.enabled ? storage.backups : undefined;
    const store =
        bucket === undefined
            ? undefined
            : new BackupStore(
                  `${name}-backups`,
                  {
                      namespace,
                      bucket,
                      credentials,
                      retentionDays: replica ? undefined : database.backup.retentionDays,
                      needs: operators,
                  },
                  opts,
              );
    const identity =
        bucket === undefined
            ? undefined
            : cloudIdentity(
                  `${name}-${clusterName}`,
                  {
                      config,
                      cluster,
                      namespace: "data",
                      serviceAccount: clusterName,
                      permissions: backupPermissions(bucket, replica ? "read" : "write", config),
                  },
                  opts,
              );
    const queries = (role: string, configMap: string, of: Readonly<Record<string, object>>): pulumi.Output<string> =>
        new CustomQueries(`${name}-${role}`, { namespace, configMap, queries: of }, opts).configMapName;
    const postgres = new PostgresCluster(
        `${name}-cluster`,
        {
            config,
            namespace,
            storage,
            certificate: certificate.secretName,
            roles: roles.managed,
            queries: [
                queries("queries", partitionQueries, partitionMetrics),
                queries("statements", statementQueries, statementMetrics),
            ],
            owner: roles.owner,
            archive: replica ? undefined : store?.storeName,
            primary: replica ? store?.storeName : undefined,
            accountAnnotations: identity?.accountAnnotations ?? {},
            needs: [...operators, ...(identity?.granted ?? [])],
        },
        opts,
    );
    const schema = createSchema(
        `${name}-schema`,
        {
            config,
            namespace,
            // One of the names of the servers' certificate.
            host: `${clusterName}-rw.data.svc.cluster.local`,
            owner: roles.owner,
            maintenance: roles.maintenance,
            certificate: certificate.secretName,
            needs: [postgres.resource],
        },
        opts,
    );
    if (store !== undefined && !replica) {
        new BackupSchedules(
            `${name}-schedules`,
            {
                namespace,
                backup: database.backup,
                cluster: postgres.clusterName,
                snapshots: storage.snapshots !== undefined,
            },
            opts,
        );
    }
    if (bucket !== undefined && !replica) {
        const retention = { config, cluster, namespace, bucket, needs: [postgres.resource] };
        new Retention(`${name}-retention`, retention, opts);
    }
    const poolers = poolerTypes.map(
        (type) =>
            new PgBouncer(`${name}-pooler-${type}`, { config, namespace, type, cluster: postgres.clusterName }, opts),
    );
    const { metrics } = new Monitors(`${name}-monitors`, { namespace, needs }, opts);
    new PrometheusRules(
        `${name}-rules`,
        { component: "database", ruleName: clusterName, namespace, groups: databaseRuleGroups(config), needs },
        opts,
    );
    const pgpool = database.pgpool.enabled
        ? new Pgpool(
              `${name}-pgpool`,
              {
                  config,
                  namespace,
                  issuer: certificates.internal,
                  passwords: roles.splitPasswords,
                  needs: [postgres.resource],
              },
              opts,
          )
        : undefined;
    const access = (readyStores: readonly pulumi.Resource[]): StoreAccess => ({
        credentialsOf: (workload) => roles.secrets[workload],
        // The certificate's names are verified: the address is one of them.
        settingsOf: () => ({ DATABASE: databaseName, SSL_MODE: "verify-full" }),
        ready: [postgres.resource, ...schema, ...readyStores],
    });
    const front: Readonly<Record<DatabaseStore, readonly pulumi.Resource[]>> = {
        "postgres-rw": poolers.slice(0, 1).map(({ resource }) => resource),
        "postgres-ro": poolers.slice(1).map(({ resource }) => resource),
        "postgres-split": pgpool === undefined ? [] : [pgpool.resource],
    };
    // Pgpool-II's is absent where it is off.
    const stores: Readonly<Record<Exclude<DatabaseStore, "postgres-split">, Store>> & {
        readonly "postgres-split"?: Store;
    } = servicesOf(endpoints as Readonly<Record<DatabaseStore, ClusterEndpoint>>, (entry) => access(front[entry]));
    return {
        writer: stores["postgres-rw"],
        reader: stores["postgres-ro"],
        split: stores["postgres-split"],
        name: databaseName,
        primary: pulumi.output(`${clusterName}-rw.data.svc.cluster.local:${port}`),
        owner: roles.owner,
        roles: Object.fromEntries(callers.map(({ workload }) => [workload, databaseRole(workload)])),
        metrics,
        ready: [postgres.resource],
    };
}
