import * as elasticache from "@pulumi/aws/elasticache";
import * as pulumi from "@pulumi/pulumi";

import { type Instance, ports } from "../instances";
import type { LayerConfig } from "../layer-config";
import { backupDays, backupHour, maintenanceHour, type WeeklyHour } from "../windows";

/** Arguments of {@link ElastiCache}. */
export interface ElastiCacheArgs {
    readonly config: LayerConfig;
    readonly instance: Instance;
    readonly nodeType: string;
    readonly subnetGroupName: pulumi.Input<string>;
    readonly securityGroupId: pulumi.Input<string>;
    readonly userGroupId: pulumi.Input<string>;
    readonly key: pulumi.Input<string>;
}

const days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const;

const time = (hour: number, minute: number): string =>
    [hour % 24, minute].map((part) => String(part).padStart(2, "0")).join(":");

/** An hour of the week, as ElastiCache has it: `sat:03:00-sat:04:00`. */
export function weeklyWindow({ weekday, hour, minute }: WeeklyHour): string {
    const end = days[(weekday + (hour === 23 ? 1 : 0)) % 7] ?? "";
    return `${days[weekday] ?? ""}:${time(hour, minute)}-${end}:${time(hour + 1, minute)}`;
}

/** An hour of each day, before that of the maintenance: the two must not overlap. */
export function dailyWindow(start: WeeklyHour): string {
    return `${time(backupHour(start), start.minute)}-${time(start.hour, start.minute)}`;
}

/** A Valkey cluster that AWS runs, with TLS, encrypted, each service with a user of its own (CA-01, CA-06, X30). */
export class ElastiCache extends pulumi.ComponentResource {
    /** `host:port` of the configuration endpoint. */
    public readonly address: pulumi.Output<string>;

    constructor(name: string, args: ElastiCacheArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:cache:ElastiCache", name, {}, opts);
        const { config, instance } = args;
        const start = maintenanceHour(config.cluster.maintenanceWindow);
        const replicated = instance.replicasPerShard > 0;
        const parameters = new elasticache.ParameterGroup(
            name,
            {
                family: "valkey9",
                description: `${instance.name} of ${config.stack}`,
                parameters: [
                    { name: "cluster-enabled", value: "yes" },
                    // Data that must not be lost is not evicted, and cached data is (CA-06, X30).
                    { name: "maxmemory-policy", value: instance.eviction },
                ],
            },
            { parent: this },
        );
        const group = new elasticache.ReplicationGroup(
            name,
            {
                description: `${instance.name} of ${config.stack}`,
                engine: "valkey",
                // The first version with durable writes.
                engineVersion: "9.0",
                nodeType: args.nodeType,
                port: ports.valkey,
                parameterGroupName: parameters.name,
                clusterMode: "enabled",
                numNodeGroups: instance.shards,
                replicasPerNodeGroup: instance.replicasPerShard,
                // Required of every cluster with shards; a shard without a replica has none to promote.
                automaticFailoverEnabled: true,
                multiAzEnabled: replicated,
                // ElastiCache has no append-only file. Its log in several zones loses no write that was answered; it needs
                // replicas. https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Durability.Options.html
                durability: instance.appendOnly && replicated ? "sync" : "disabled",
                // TLS only (SC-06).
                transitEncryptionEnabled: true,
                transitEncryptionMode: "required",
                // With a key whose use is logged and can be revoked (D2).
                atRestEncryptionEnabled: true,
                kmsKeyId: args.key,
                userGroupIds: [args.userGroupId],
                subnetGroupName: args.subnetGroupName,
                securityGroupIds: [args.securityGroupId],
                maintenanceWindow: weeklyWindow(start),
                snapshotWindow: dailyWindow(start),
                snapshotRetentionLimit: instance.appendOnly ? backupDays : 0,
                autoMinorVersionUpgrade: true,
                // A change of the configuration takes effect with the update that makes it.
                applyImmediately: true,
            },
            // ElastiCache itself has no deletion protection (D7).
            { parent: this, protect: config.cluster.deletionProtection },
        );
        this.address = group.configurationEndpointAddress.apply((host) => `${host}:${ports.valkey}`);
        this.registerOutputs({ address: this.address });
    }
}
