import * as rds from "@pulumi/aws/rds";
import * as pulumi from "@pulumi/pulumi";

import { AwsKey } from "../../common/aws/storage-key";
import authorities from "../config-authorities.json";
import type { ManagedArgs } from "../managed/create";
import { administrator, type ManagedPostgres, managedSettings, storageGrowth } from "../managed/types";
import { port } from "../names";
import { BackupCopies } from "./backup-copies";
import { MonitoringRole } from "./monitoring-role";
import { backupWindow, maintenanceWindow, rdsParameters } from "./settings";
import { DatabaseSubnets } from "./subnets";

/** The newest of https://docs.aws.amazon.com/AmazonRDS/latest/PostgreSQLReleaseNotes/postgresql-versions.html, and the operator's. */
export const engineVersion = "18";

/** The authority of {@link authorities}: RSA 2048, valid until 2061. Named, since AWS changes the default. */
export const authorityName = "rds-ca-rsa2048-g1";

/**
 * RDS for PostgreSQL: a primary with a standby in another zone, and read replicas over the zones, in private subnets
 * (DB-01, DB-04, DB-18, D4).
 */
export class Rds extends pulumi.ComponentResource implements ManagedPostgres {
    public readonly primaryHost: pulumi.Output<string>;
    public readonly replicaHosts: readonly pulumi.Output<string>[];
    public readonly authority: pulumi.Output<string>;
    public readonly serverCheck = "verify-full";
    public readonly ready: readonly pulumi.Resource[];

    constructor(name: string, args: ManagedArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:database:Rds", name, {}, opts);
        const { config, network, cluster, password, drProvider } = args;
        const { region, data } = config;
        const database = managedSettings(config.database);
        const child = { parent: this };
        const clients = cluster.podSecurityGroup;
        if (clients === undefined) {
            throw new Error(
                "cluster.podSecurityGroup is missing: database.kind rds needs the security group of the pods",
            );
        }
        const subnets = new DatabaseSubnets(
            `${name}-subnets`,
            { config, vpcId: network.managedServices, clients },
            child,
        );
        const key = new AwsKey(
            `${name}-key`,
            // A final snapshot is encrypted with it too.
            { config, description: "PostgreSQL", viaService: `rds.${region}`, keep: data.keepOnDestroy },
            child,
        );
        const parameters = new rds.ParameterGroup(
            name,
            { family: `postgres${engineVersion}`, description: "PostgreSQL", parameters: rdsParameters(database) },
            child,
        );
        const monitoring = new MonitoringRole(`${name}-monitoring`, { config }, child);
        const { deletionProtection } = config.cluster;
        const common = {
            instanceClass: database.machine.type,
            port,
            parameterGroupName: parameters.name,
            vpcSecurityGroupIds: [subnets.securityGroupId],
            // No address outside of the VPC (D4, D11).
            publiclyAccessible: false,
            caCertIdentifier: authorityName,
            // People and tools of the account can log in with their own identity, and without a password that is shared.
            iamDatabaseAuthenticationEnabled: true,
            storageType: "gp3",
            // Use of a customer-managed key is logged and can be revoked (SC-06).
            storageEncrypted: true,
            kmsKeyId: key.arn,
            // A full disk stops PostgreSQL; it grows before, up to the limit.
            maxAllocatedStorage: database.storageGiB * storageGrowth,
            // Security fixes, in the window; of several minor versions the newest that AWS recommends.
            autoMinorVersionUpgrade: true,
            maintenanceWindow: maintenanceWindow(config.cluster.maintenanceWindow),
            // Statements by load (DB-11). 7 days are the free retention, Database Insights' standard mode.
            performanceInsightsEnabled: true,
            performanceInsightsRetentionPeriod: 7,
            performanceInsightsKmsKeyId: key.arn,
            databaseInsightsMode: "standard",
            // The operating system's processes each minute, which CloudWatch's own metrics do not have.
            monitoringInterval: 60,
            monitoringRoleArn: monitoring.arn,
            copyTagsToSnapshot: true,
            // AWS refuses to delete it, and Pulumi to try (D7).
            deletionProtection,
        };
        const options = {
            ...child,
            protect: deletionProtection,
            customTimeouts: { create: "90m", update: "90m", delete: "90m" },
        };
        const primary = new rds.Instance(
            name,
            {
                ...common,
                engine: "postgres",
                engineVersion,
                username: administrator,
                // Not `manageMasterUserPassword`: such an instance can have no read replica.
                // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html#rds-secrets-manager-limitations
                password,
                allocatedStorage: database.storageGiB,
                dbSubnetGroupName: subnets.groupName,
                // A standby in another zone, which AWS promotes at the same name (DB-04, DB-06).
                multiAz: database.instances > 1,
                // Any second of as many days, from the archived log (BK-03).
                backupRetentionPeriod: database.backup.retentionDays,
                backupWindow: backupWindow(database.backup.schedule),
                deleteAutomatedBackups: !data.keepOnDestroy,
                // Data that outlives the stack (D1). The subnets' group has a random suffix: a later stack of the name has another.
                skipFinalSnapshot: !data.keepOnDestroy,
                ...(data.keepOnDestroy
                    ? { finalSnapshotIdentifier: pulumi.interpolate`${subnets.groupName}-final` }
                    : {}),
            },
            options,
        );
        if (drProvider !== undefined) {
            new BackupCopies(`${name}-copies`, { config, primary: primary.arn }, { ...child, provider: drProvider });
        }
        const replicas = Array.from(
            { length: database.instances - 1 },
            (_, index) =>
                new rds.Instance(
                    `${name}-replica-${index + 1}`,
                    {
                        ...common,
                        replicateSourceDb: primary.identifier,
                        ...zoneOf(subnets, index),
                        // Its data is the primary's, and AWS makes no last snapshot of a replica.
                        skipFinalSnapshot: true,
                    },
                    options,
                ),
        );
        this.primaryHost = primary.address;
        this.replicaHosts = replicas.map(({ address }) => address);
        this.authority = pulumi.output(authorities[region as keyof typeof authorities]);
        this.ready = [primary, ...replicas];
        this.registerOutputs({ primaryHost: this.primaryHost });
    }
}

/** The zone of a replica: one after the other. */
function zoneOf({ zoneNames }: DatabaseSubnets, index: number) {
    const availabilityZone = zoneNames[index % Math.max(zoneNames.length, 1)];
    return availabilityZone === undefined ? {} : { availabilityZone };
}
