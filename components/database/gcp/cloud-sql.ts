import * as projects from "@pulumi/gcp/projects";
import * as sql from "@pulumi/gcp/sql";
import * as pulumi from "@pulumi/pulumi";

import { cloudLabels } from "../../common/cloud-labels";
import { GcpKey } from "../../common/gcp/key";
import type { ManagedArgs } from "../managed/create";
import { type ManagedPostgres, managedSettings } from "../managed/types";
import { instanceSettings, primarySettings } from "./settings";

/** The newest version of https://docs.cloud.google.com/sql/docs/postgres/db-versions, and the operator's. */
export const databaseVersion = "POSTGRES_18";

/**
 * Cloud SQL for PostgreSQL: a primary with a standby in another zone, and read replicas over the zones, reached by private
 * services access only (DB-01, DB-04, DB-18, D4).
 */
export class CloudSql extends pulumi.ComponentResource implements ManagedPostgres {
    public readonly primaryHost: pulumi.Output<string>;
    public readonly replicaHosts: readonly pulumi.Output<string>[];
    public readonly authority: pulumi.Output<string>;
    /**
     * Each instance has an authority of its own, which issues certificates for no other: checking it identifies the instance,
     * whose certificate does not have its address (https://docs.cloud.google.com/sql/docs/postgres/configure-ssl-instance).
     */
    public readonly serverCheck = "verify-ca";
    public readonly ready: readonly pulumi.Resource[];

    constructor(name: string, args: ManagedArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:database:CloudSql", name, {}, opts);
        const { config, network, password } = args;
        const { account: project, region, zones, cluster } = config;
        const database = managedSettings(config.database);
        const child = { parent: this };
        // Protected against the cloud's API, the provider and Pulumi: none alone covers all ways to delete it (D7).
        const { deletionProtection } = cluster;
        const protectedChild = { ...child, protect: deletionProtection };
        // Creates the service's agent if necessary: a key that it may not use is refused.
        const agent = new projects.ServiceIdentity(
            `${name}-agent`,
            { project, service: "sqladmin.googleapis.com" },
            child,
        );
        const key = new GcpKey(
            `${name}-key`,
            // Final backups are encrypted with it too.
            { config, location: region, user: agent.member, keep: config.data.keepOnDestroy },
            child,
        );
        const common = { project, region, databaseVersion, deletionProtection };
        const settings = {
            database,
            vpc: network.managedServices,
            labels: cloudLabels(config),
            deletionProtection,
            zones,
        };
        // Creation with a standby, and a change of the machine, take up to half an hour.
        const customTimeouts = { create: "60m", update: "60m", delete: "60m" };
        const primary = new sql.DatabaseInstance(
            name,
            {
                ...common,
                // Use of a customer-managed key is logged and can be revoked (SC-06). Replicas of the region have it too.
                encryptionKeyName: key.id,
                rootPassword: password,
                settings: primarySettings(settings, {
                    region,
                    maintenance: cluster.maintenanceWindow,
                    finalBackup: config.data.keepOnDestroy,
                }),
            },
            { ...protectedChild, customTimeouts },
        );
        const replicas = Array.from(
            { length: database.instances - 1 },
            (_, index) =>
                new sql.DatabaseInstance(
                    `${name}-replica-${index + 1}`,
                    {
                        ...common,
                        masterInstanceName: primary.name,
                        settings: instanceSettings(settings, index),
                    },
                    { ...protectedChild, customTimeouts },
                ),
        );
        const instances = [primary, ...replicas];
        this.primaryHost = primary.privateIpAddress;
        this.replicaHosts = replicas.map(({ privateIpAddress }) => privateIpAddress);
        this.authority = pulumi
            .all(instances.map(({ serverCaCerts }) => serverCaCerts))
            .apply((all) => [...new Set(all.flatMap((certs) => certs.map(({ cert }) => `${cert.trim()}\n`)))].join(""));
        this.ready = instances;
        this.registerOutputs({ primaryHost: this.primaryHost });
    }
}
