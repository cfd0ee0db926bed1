import * as memorystore from "@pulumi/gcp/memorystore";
import type { output } from "@pulumi/gcp/types";
import * as pulumi from "@pulumi/pulumi";

import type { StoreCaller } from "../../../catalog/graph";
import type { Instance } from "../instances";
import type { LayerConfig } from "../layer-config";
import { permissions, serviceUser } from "../valkey/acl";
import { backupDays, backupHour, maintenanceHour } from "../windows";

/** Arguments of {@link Memorystore}. */
export interface MemorystoreArgs {
    readonly config: LayerConfig;
    readonly instance: Instance;
    readonly nodeType: string;
    readonly callers: readonly StoreCaller[];
    /** Names of the users, by workload. */
    readonly users: Readonly<Record<string, pulumi.Output<string>>>;
    /** Id of the VPC; resolves when instances can be created in it. */
    readonly vpcId: pulumi.Input<string>;
    readonly key: pulumi.Input<string>;
}

const days = ["SUNDAY", "MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY"] as const;

/** Where clients find the nodes. */
function discovery(endpoints: readonly output.memorystore.InstanceEndpoint[]): string {
    const connections = endpoints.flatMap((endpoint) => endpoint.connections ?? []);
    const found = connections
        .flatMap((connection) => connection.pscAutoConnection ?? [])
        .find(({ connectionType }) => connectionType === "CONNECTION_TYPE_DISCOVERY");
    if (found === undefined) {
        throw new Error("Memorystore returned no discovery endpoint; run `pulumi refresh`, then `pulumi up` again");
    }
    return `${found.ipAddress}:${found.port}`;
}

/** A Valkey cluster that Google runs, with TLS, users by IAM and its nodes over three zones (CA-01, CA-06, X30). */
export class Memorystore extends pulumi.ComponentResource {
    /** `host:port` of the discovery endpoint. */
    public readonly address: pulumi.Output<string>;
    /** The certificates that clients verify the nodes with, as PEM. */
    public readonly authority: pulumi.Output<string>;

    constructor(name: string, args: MemorystoreArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:cache:Memorystore", name, {}, opts);
        const { config, instance, callers, users } = args;
        const { account: project, region: location } = config;
        const id = `${config.stack}-${instance.name}`;
        const start = maintenanceHour(config.cluster.maintenanceWindow);
        const acl = new memorystore.AclPolicy(
            name,
            {
                project,
                location,
                aclPolicyId: id,
                rules: [
                    // Every principal that may connect could authenticate as this user, who may do everything by default.
                    { username: "default", rule: "off resetkeys resetchannels -@all" },
                    ...callers.map((caller) => ({
                        username: users[caller.workload] ?? "",
                        rule: `on ${permissions(serviceUser(caller))}`,
                    })),
                ],
            },
            { parent: this },
        );
        const cluster = new memorystore.Instance(
            name,
            {
                project,
                location,
                instanceId: id,
                mode: "CLUSTER",
                // https://docs.cloud.google.com/memorystore/docs/valkey/supported-versions
                engineVersion: "VALKEY_8_0",
                nodeType: args.nodeType,
                shardCount: instance.shards,
                replicaCount: instance.replicasPerShard,
                // A shard's replica is never in the zone of its primary.
                zoneDistributionConfig: { mode: "MULTI_ZONE" },
                // Data that must not be lost is not evicted, and cached data is (CA-06, X30).
                engineConfigs: { "maxmemory-policy": instance.eviction },
                persistenceConfig: instance.appendOnly
                    ? // At most the writes of one second are lost, as with pods.
                      { mode: "AOF", aofConfig: { appendFsync: "EVERY_SEC" } }
                    : { mode: "DISABLED" },
                ...(instance.appendOnly
                    ? {
                          automatedBackupConfig: {
                              fixedFrequencySchedule: { startTime: { hours: backupHour(start) } },
                              retention: `${backupDays * 86_400}s`,
                          },
                      }
                    : {}),
                // TLS only (SC-06). It cannot be changed later.
                transitEncryptionMode: "SERVER_AUTHENTICATION",
                // Each service by its own account, without a password that could be copied (SC-05).
                authorizationMode: "IAM_AUTH",
                aclPolicy: acl.id,
                kmsKey: args.key,
                maintenancePolicy: {
                    weeklyMaintenanceWindows: [
                        {
                            day: days[start.weekday] ?? "SUNDAY",
                            startTime: { hours: start.hour, minutes: start.minute, seconds: 0, nanos: 0 },
                        },
                    ],
                },
                // A private address in the VPC, none on the internet.
                desiredAutoCreatedEndpoints: [{ network: args.vpcId, projectId: project }],
                deletionProtectionEnabled: config.cluster.deletionProtection,
            },
            { parent: this, protect: config.cluster.deletionProtection },
        );
        this.address = cluster.endpoints.apply(discovery);
        this.authority = cluster.managedServerCas.apply((authorities) =>
            authorities.flatMap(({ caCerts }) => caCerts.flatMap(({ certificates }) => certificates)).join("\n"),
        );
        this.registerOutputs({ address: this.address });
    }
}
