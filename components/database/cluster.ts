import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { databaseName, databaseOwner } from "../../catalog/database";
import { homePool } from "../../config/profiles";
import { cpuQuantity } from "../../config/quantity";
import type { Inputs } from "../../custom-resources/inputs";
import type { Cluster } from "../../custom-resources/types/postgresql.cnpg.io/Cluster";
import { labels } from "../common/labels";
import { untilReady } from "../common/ready";
import { containerSecurityContext } from "../common/security-context";
import { chartPriorityClass } from "../helm";
import type { Resources } from "../layer";
import type { Storage } from "../storage/types";
import { plugin } from "./backups";
import { queriesKey } from "./custom-queries";
import { databaseImage } from "./images";
import type { LayerConfig } from "./layer-config";
import { clusterName, inherited } from "./names";
import { cpuLimit, postgresParameters } from "./parameters";
import { operatorPlacement } from "./placement";
import type { ManagedRole } from "./roles";

type Spec = Inputs<Cluster["spec"]>;

/** Arguments of {@link PostgresCluster}. */
export interface PostgresClusterArgs {
    readonly config: LayerConfig;
    readonly namespace: pulumi.Input<string>;
    readonly storage: Pick<Storage, "fastSsd" | "snapshots">;
    /** Secret of the servers' certificate, with the authority's. */
    readonly certificate: pulumi.Input<string>;
    readonly roles: readonly ManagedRole[];
    /** Secret of the database's owner. */
    readonly owner: pulumi.Input<string>;
    /** ObjectStore that the log is archived to; undefined where there is no bucket to write to. */
    readonly archive: pulumi.Input<string> | undefined;
    /** ObjectStore of the primary that this cluster follows; undefined for a primary. */
    readonly primary: pulumi.Input<string> | undefined;
    /** ConfigMaps of the exporter's own queries. */
    readonly queries: readonly pulumi.Input<string>[];
    /** Annotations of the instances' service account. */
    readonly accountAnnotations: Readonly<Record<string, pulumi.Input<string>>>;
    /** The operator, the plugin, and the permissions of the instances. */
    readonly needs: readonly pulumi.Resource[];
}

/** PostgreSQL's user and group in the operator's images. */
const postgresId = 26;

/** Requests and limits of an instance: its memory is reserved, since PostgreSQL is killed whole where it is short of it. */
export function instanceResources({ database }: Pick<LayerConfig, "database">): Resources {
    const { cpu, memory } = database;
    return { requests: { cpu, memory }, limits: { cpu: cpuQuantity(cpuLimit(database)), memory } };
}

function bootstrap({ owner, primary }: PostgresClusterArgs): Pick<Spec, "bootstrap" | "externalClusters" | "replica"> {
    if (primary === undefined) {
        return {
            bootstrap: {
                initdb: { database: databaseName, owner: databaseOwner, secret: { name: owner }, dataChecksums: true },
            },
        };
    }
    const source = `${clusterName}-primary`;
    return {
        bootstrap: { recovery: { source } },
        // Replays the log of the primary's bucket. Promoted by `recovery.role: primary`, which removes this (BK-04, CL-18).
        replica: { enabled: true, source },
        externalClusters: [
            {
                name: source,
                plugin: { name: plugin, parameters: { barmanObjectName: primary, serverName: clusterName } },
            },
        ],
    };
}

/**
 * Pods that belong to an instance: its own, and the one that initialises its volume. The latter has no role, and it decides the
 * zone of the volume: if it were not counted, it could take a zone that the instance's pod may not have.
 */
const memberSelector = {
    matchLabels: { "cnpg.io/cluster": clusterName },
    matchExpressions: [{ key: "cnpg.io/instanceName", operator: "Exists" }],
};

/** Placement on the database pool, each instance on a node of its own, zones filled evenly (CL-05, CL-13, DB-01). */
function placement({ config }: PostgresClusterArgs): Pick<Spec, "affinity" | "topologySpreadConstraints"> {
    const pool = homePool(config.profile, { namespace: "data", pool: "database" });
    const required = config.spread === "required" && config.database.instances > 1;
    const constraint = (topologyKey: string, more: { readonly minDomains?: number }) => ({
        maxSkew: 1,
        topologyKey,
        whenUnsatisfiable: required ? "DoNotSchedule" : "ScheduleAnyway",
        labelSelector: memberSelector,
        // Nodes that an instance cannot be scheduled on are not counted as empty.
        nodeTaintsPolicy: "Honor",
        nodeAffinityPolicy: "Honor",
        ...more,
    });
    return {
        affinity: {
            ...operatorPlacement(clusterName, pool, config.dedicatedPools),
            enablePodAntiAffinity: true,
            podAntiAffinityType: required ? "required" : "preferred",
            topologyKey: "kubernetes.io/hostname",
        },
        topologySpreadConstraints: [
            // Kubernetes allows a minimum where the spread is required.
            constraint("topology.kubernetes.io/zone", required ? { minDomains: config.database.zones } : {}),
            constraint("kubernetes.io/hostname", {}),
        ],
    };
}

function clusterSpec(args: PostgresClusterArgs): Spec {
    const { config, storage, certificate, archive, roles, accountAnnotations } = args;
    const { database, images } = config;
    const replicated = database.instances > 1;
    const volume = (size: number) => ({ storageClass: storage.fastSsd, size: `${size}Gi`, resizeInUseVolumes: true });
    return {
        instances: database.instances,
        imageName: databaseImage("postgresql", images),
        // Replicas first, then a switchover: an update interrupts writes for seconds.
        primaryUpdateStrategy: "unsupervised",
        primaryUpdateMethod: "switchover",
        // Nothing uses the superuser's password.
        enableSuperuserAccess: false,
        // Of a single instance, a budget would block the drain of its node.
        enablePDB: replicated,
        priorityClassName: chartPriorityClass,
        ...bootstrap(args),
        postgresql: {
            parameters: postgresParameters(database),
            // Passwords and data are never sent in plain text.
            pg_hba: ["hostnossl all all all reject"],
            // A commit waits for one of the replicas, unless its role does not: no acknowledged order is lost (DB-03, X15).
            ...(replicated ? { synchronous: { method: "any", number: 1, dataDurability: "required" } } : {}),
        },
        monitoring: { customQueriesConfigMap: args.queries.map((queries) => ({ name: queries, key: queriesKey })) },
        certificates: { serverTLSSecret: certificate, serverCASecret: certificate },
        managed: { roles },
        storage: volume(database.storageGiB),
        // A full volume of log stops PostgreSQL; apart from the data it can be freed and grown alone.
        walStorage: volume(database.walGiB),
        resources: instanceResources(config),
        ...placement(args),
        podSecurityContext: {
            // The image's user: the data directory belongs to it.
            runAsNonRoot: true,
            runAsUser: postgresId,
            runAsGroup: postgresId,
            fsGroup: postgresId,
            fsGroupChangePolicy: "OnRootMismatch",
            seccompProfile: { type: "RuntimeDefault" },
        },
        securityContext: containerSecurityContext() as NonNullable<Cluster["spec"]["securityContext"]>,
        seccompProfile: { type: "RuntimeDefault" },
        serviceAccountTemplate: { metadata: { annotations: accountAnnotations } },
        inheritedMetadata: { labels: inherited },
        ...(archive === undefined
            ? {}
            : { plugins: [{ name: plugin, isWALArchiver: true, parameters: { barmanObjectName: archive } }] }),
        ...(archive === undefined || storage.snapshots === undefined
            ? {}
            : {
                  backup: {
                      target: "prefer-standby",
                      volumeSnapshot: {
                          className: storage.snapshots.daily,
                          walClassName: storage.snapshots.daily,
                          online: true,
                          // Deleted with its Backup.
                          snapshotOwnerReference: "backup",
                      },
                  },
              }),
    };
}

/**
 * PostgreSQL: a primary and its replicas, failed over by the operator and by nothing else (DB-01, DB-03, DB-04, DB-20, X17).
 */
export class PostgresCluster extends pulumi.ComponentResource {
    /** Name of the Cluster; resolves when all instances are ready, in a replica when the object exists. */
    public readonly clusterName: pulumi.Output<string>;
    public readonly resource: pulumi.Resource;

    constructor(name: string, args: PostgresClusterArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:database:PostgresCluster", name, {}, opts);
        const { config, namespace, primary, needs } = args;
        const cluster = new k8s.apiextensions.CustomResource(
            name,
            {
                apiVersion: "postgresql.cnpg.io/v1",
                kind: "Cluster",
                metadata: {
                    name: clusterName,
                    namespace,
                    labels: labels(clusterName, "database"),
                    // A replica is ready when it has restored its primary's backup, which may take hours.
                    ...(primary === undefined ? { annotations: untilReady } : {}),
                },
                spec: clusterSpec(args),
            } satisfies Inputs<Cluster>,
            {
                parent: this,
                dependsOn: [...needs],
                protect: config.cluster.deletionProtection,
                // Volumes are created, and each replica is cloned from the primary, one after the other.
                customTimeouts: { create: "30m", update: "60m" },
            },
        );
        this.clusterName = cluster.metadata.name;
        this.resource = cluster;
        this.registerOutputs({ clusterName: this.clusterName });
    }
}
