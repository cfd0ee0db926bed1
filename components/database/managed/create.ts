import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { databaseName, databaseRole } from "../../../catalog/database";
import type { ClusterEndpoint } from "../../../catalog/stores";
import type { Cluster } from "../../cluster/types";
import { InternalCertificate, serviceNames } from "../../common/certificate";
import { Credentials } from "../../common/credentials";
import { labels } from "../../common/labels";
import { PrometheusRules } from "../../common/prometheus-rules";
import { type LayerArgs, servicesOf, type Store } from "../../layer";
import type { Network } from "../../network/types";
import { callersOf, type DatabaseNeeds } from "../create";
import { CustomQueries } from "../custom-queries";
import type { DatabaseStore } from "../endpoints";
import type { LayerConfig } from "../layer-config";
import { clusterName, poolerName, poolerTypes, port } from "../names";
import { Pgpool } from "../pgpool";
import { Roles } from "../roles";
import { databaseRuleGroups } from "../rules";
import { createSchema } from "../schema/create";
import { partitionMetrics, partitionQueries } from "../schema/metrics";
import type { Database } from "../types";
import { managedEndpoints } from "./declare";
import { ServerExporter } from "./exporter";
import { exporterRole } from "./exporter-config";
import { ManagedPgBouncer } from "./pgbouncer";
import { RolesJob } from "./roles-job";
import { administrator, administratorSecret, authoritySecret, type ManagedPostgres } from "./types";

/** What a managed service is created from. */
export interface ManagedArgs {
    readonly config: LayerConfig;
    readonly network: Network;
    readonly cluster: Pick<Cluster, "podSecurityGroup">;
    /** The administrator's, secret. */
    readonly password: pulumi.Output<string>;
    /** Provider of the disaster-recovery region; undefined: no copies of the backups. */
    readonly drProvider: pulumi.ProviderResource | undefined;
}

/** Creates the instances of a managed service. */
export type CreateInstances = (
    name: string,
    args: ManagedArgs,
    opts: pulumi.ComponentResourceOptions,
) => ManagedPostgres;

/** Arguments of {@link createManagedDatabase}. */
export type ManagedDatabaseArgs = LayerArgs<LayerConfig> &
    DatabaseNeeds &
    Pick<ManagedArgs, "drProvider"> & { readonly network: Network | undefined; readonly instances: CreateInstances };

/** Creates PostgreSQL of a cloud, and in the cluster what makes it look like the operator's: roles, schema, poolers (DB-18). */
export function createManagedDatabase(
    name: string,
    args: ManagedDatabaseArgs,
    opts: pulumi.ComponentResourceOptions,
): Database {
    const { config, cluster, network, security: namespaces, certificates, declared, addons, instances } = args;
    if (network === undefined) {
        throw new Error(`database.kind (${config.database.kind}) needs the stack's own network; give cloudnative-pg`);
    }
    const { database } = config;
    const namespace = namespaces.data;
    const { graph } = declared;
    const endpoints = managedEndpoints(config);
    const split = database.pgpool.enabled
        ? graph.storeCallers("postgres-split").map(({ workload }) => workload)
        : undefined;
    const callers = callersOf(graph, Object.keys(endpoints));
    const roles = new Roles(
        `${name}-roles`,
        { callers, split, exporter: exporterRole, namespaces, generation: database.passwordGeneration },
        opts,
    );
    const master = new Credentials(
        `${name}-${administrator}`,
        {
            secretName: administratorSecret,
            component: "database",
            username: administrator,
            namespaces: { data: namespace },
            generation: database.passwordGeneration,
        },
        opts,
    );
    const service = instances(
        `${name}-instances`,
        { config, network, cluster, password: master.password, drProvider: args.drProvider },
        opts,
    );
    // A Secret, although it is public: the pods mount it as they mount the authority of cert-manager's Secrets.
    const authority = new k8s.core.v1.Secret(
        `${name}-authority`,
        {
            metadata: { name: authoritySecret, namespace, labels: labels(authoritySecret, "database") },
            data: { "ca.crt": service.authority.apply((pem) => Buffer.from(pem).toString("base64")) },
        },
        opts,
    );
    const { serverCheck, primaryHost, replicaHosts } = service;
    const server = { host: primaryHost, certificate: authority.metadata.name, serverCheck };
    const rolesJob = new RolesJob(
        `${name}-create-roles`,
        {
            config,
            namespace,
            target: { ...server, credentials: master.secretIn("data") },
            roles: roles.logins,
            needs: service.ready,
        },
        opts,
    );
    const ready = [...service.ready, rolesJob.resource];
    const schema = createSchema(
        `${name}-schema`,
        { config, namespace, ...server, owner: roles.owner, maintenance: roles.maintenance, needs: ready },
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
            commonName: poolerName("rw"),
            dnsNames: poolerTypes.flatMap((type) => serviceNames(poolerName(type), "data")),
        },
        opts,
    );
    const passwords = new Map(roles.logins.map(({ name: role, password }) => [role, password] as const));
    const { "prometheus-operator-crds": monitorKinds } = addons.ready;
    const monitoring = monitorKinds === undefined ? [] : [monitorKinds];
    const needs = [addons.priority, ...ready, ...monitoring];
    const hosts = { rw: [primaryHost], ro: replicaHosts.length === 0 ? [primaryHost] : replicaHosts };
    const poolers = poolerTypes.map((type) => {
        const users = graph.storeCallers(`${clusterName}-${type}`).map(({ workload }) => databaseRole(workload));
        return new ManagedPgBouncer(
            `${name}-pooler-${type}`,
            {
                ...{ config, namespace, type, serverCheck, needs, hosts: hosts[type] },
                certificate: certificate.secretName,
                authority: authority.metadata.name,
                passwords: Object.fromEntries(users.map((role) => [role, passwords.get(role) ?? pulumi.output("")])),
            },
            opts,
        );
    });
    const pgpool = database.pgpool.enabled
        ? new Pgpool(
              `${name}-pgpool`,
              {
                  config,
                  namespace,
                  issuer: certificates.internal,
                  passwords: roles.splitPasswords,
                  servers: { primary: primaryHost, replicas: replicaHosts, authority: authority.metadata.name },
                  needs,
              },
              opts,
          )
        : undefined;
    const exporter = new ServerExporter(
        `${name}-exporter`,
        {
            ...{ config, namespace, serverCheck, needs, authority: authority.metadata.name },
            hosts: [primaryHost, ...replicaHosts],
            password: passwords.get(exporterRole) ?? pulumi.output(""),
            queries: new CustomQueries(
                `${name}-queries`,
                { namespace, configMap: partitionQueries, queries: partitionMetrics },
                opts,
            ).configMapName,
        },
        opts,
    );
    new PrometheusRules(
        `${name}-rules`,
        {
            component: "database",
            ruleName: clusterName,
            namespace,
            groups: databaseRuleGroups(config),
            needs: monitoring,
        },
        opts,
    );
    const fronts: Readonly<Record<DatabaseStore, pulumi.Resource | undefined>> = {
        "postgres-rw": poolers[0]?.resource,
        "postgres-ro": poolers[1]?.resource,
        "postgres-split": pgpool?.resource,
    };
    const stores: Readonly<Partial<Record<DatabaseStore, Store>>> = servicesOf(
        endpoints as Readonly<Record<DatabaseStore, ClusterEndpoint>>,
        (entry) => ({
            credentialsOf: (workload) => roles.secrets[workload],
            settingsOf: () => ({ DATABASE: databaseName, SSL_MODE: "verify-full" }),
            ready: [...service.ready, ...schema, ...(fronts[entry] === undefined ? [] : [fronts[entry]])],
        }),
    );
    const storeOf = (entry: DatabaseStore): Store => {
        const store = stores[entry];
        if (store === undefined) {
            throw new Error(`store ${entry} has no endpoint; add it to managedEndpoints`);
        }
        return store;
    };
    return {
        writer: storeOf("postgres-rw"),
        reader: storeOf("postgres-ro"),
        split: stores["postgres-split"],
        name: databaseName,
        primary: primaryHost.apply((host) => `${host}:${port}`),
        owner: roles.owner,
        roles: Object.fromEntries(callers.map(({ workload }) => [workload, databaseRole(workload)])),
        metrics: [exporter.metrics],
        ready,
    };
}
