import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { homePool } from "../../config/profiles";
import type { Inputs } from "../../custom-resources/inputs";
import type { Pooler } from "../../custom-resources/types/postgresql.cnpg.io/Pooler";
import { oneAtATime } from "../common/disruption-budget";
import { labels } from "../common/labels";
import { topologySpreadByLabels } from "../common/scheduling";
import { containerSecurityContext } from "../common/security-context";
import { chartPriorityClass } from "../helm";
import type { Resources } from "../layer";
import { poolerConnections } from "./config-sizing";
import { databaseImage } from "./images";
import type { LayerConfig } from "./layer-config";
import { poolerLabels, poolerName, type PoolerType } from "./names";
import { operatorPlacement } from "./placement";

type PodSpec = NonNullable<NonNullable<Pooler["spec"]["template"]>["spec"]>;

/** Arguments of {@link PgBouncer}. */
export interface PgBouncerArgs {
    readonly config: LayerConfig;
    readonly namespace: pulumi.Input<string>;
    readonly type: PoolerType;
    /** Name of the Cluster. */
    readonly cluster: pulumi.Input<string>;
}

export const poolerResources: Resources = {
    requests: { cpu: "100m", memory: "128Mi" },
    limits: { cpu: "1", memory: "256Mi" },
};

/** PgBouncer's parameters of a pooler: those that the operator lets a user set. */
export function poolerParameters(
    { database }: Pick<LayerConfig, "database">,
    type: PoolerType,
): Record<string, string> {
    const connections = poolerConnections(database.poolers)[type];
    return {
        // Clients beyond the server connections wait for one; a connection costs 2 kB here and megabytes in PostgreSQL.
        max_client_conn: "1000",
        // Of each role, so that one service cannot use all of them.
        default_pool_size: String(Math.ceil(connections / 2)),
        // Of all roles of a pod: what the sizing counts (DB-08), by the share of reads (DB-10).
        max_db_connections: String(connections),
        // A client waits as long for a connection as the shop's slowest request may take, then it gets an error.
        query_wait_timeout: "10",
        // Prepared statements of drivers work although a transaction may run on another connection.
        max_prepared_statements: "200",
        // Reconnects after a failover: the Service leads to the new primary then (DB-20).
        server_lifetime: "600",
        server_idle_timeout: "300",
        tcp_keepalive: "1",
        tcp_keepidle: "30",
        tcp_keepintvl: "10",
        tcp_keepcnt: "3",
        // Passwords and data are never sent in plain text.
        client_tls_sslmode: "require",
        server_tls_sslmode: "verify-ca",
    };
}

function podSpec({ config, type }: PgBouncerArgs): PodSpec {
    const pool = homePool(config.profile, { namespace: "data" });
    const securityContext = containerSecurityContext() as NonNullable<PodSpec["containers"][number]["securityContext"]>;
    const { nodeAffinity, tolerations } = operatorPlacement(poolerName(type), pool, config.dedicatedPools);
    return {
        priorityClassName: chartPriorityClass,
        securityContext: {
            runAsNonRoot: true,
            // The image's user and group, which the operator sets in any case.
            runAsUser: 998,
            runAsGroup: 996,
            fsGroup: 996,
            seccompProfile: { type: "RuntimeDefault" },
        },
        ...(nodeAffinity === undefined ? {} : { affinity: { nodeAffinity } }),
        ...(tolerations === undefined ? {} : { tolerations }),
        topologySpreadConstraints: topologySpreadByLabels(poolerLabels(type), config.spread) as NonNullable<
            PodSpec["topologySpreadConstraints"]
        >,
        // Longer than a transaction may take.
        terminationGracePeriodSeconds: 60,
        initContainers: [
            {
                // The operator's, which copies the binary that starts PgBouncer; image and command are the operator's. Without
                // resources of its own it gets the namespace's defaults, and the quota and the scheduler count the larger of the
                // two containers. Read: cloudnative-pg at v1.30.0, pkg/specs/pgbouncer/deployments.go.
                name: "bootstrap-controller",
                resources: poolerResources,
                securityContext,
            },
        ],
        containers: [
            {
                name: "pgbouncer",
                image: databaseImage("pgbouncer", config.images),
                imagePullPolicy: "Always",
                resources: poolerResources,
                securityContext,
            },
        ],
    };
}

/** PgBouncer in front of the primary or of the replicas, with a budget (DB-09). */
export class PgBouncer extends pulumi.ComponentResource {
    public readonly resource: pulumi.Resource;

    constructor(name: string, args: PgBouncerArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:database:PgBouncer", name, {}, opts);
        const { config, namespace, type, cluster } = args;
        const { instances } = config.database.poolers;
        const metadata = { name: poolerName(type), namespace, labels: labels(poolerName(type), "database") };
        const pooler = new k8s.apiextensions.CustomResource(
            name,
            {
                apiVersion: "postgresql.cnpg.io/v1",
                kind: "Pooler",
                metadata,
                spec: {
                    cluster: { name: cluster },
                    instances,
                    // Without a replica, reads go to the primary: the Service of the replicas would have no endpoint.
                    type: type === "ro" && config.database.instances === 1 ? "r" : type,
                    deploymentStrategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
                    pgbouncer: {
                        poolMode: "transaction",
                        image: databaseImage("pgbouncer", config.images),
                        parameters: poolerParameters(config, type),
                    },
                    template: { metadata: { labels: poolerLabels(type) }, spec: podSpec(args) },
                },
            } satisfies Inputs<Pooler>,
            { parent: this },
        );
        if (instances > 1) {
            new k8s.policy.v1.PodDisruptionBudget(
                `${name}-budget`,
                {
                    metadata,
                    spec: oneAtATime(poolerLabels(type)),
                },
                { parent: this },
            );
        }
        this.resource = pooler;
        this.registerOutputs({});
    }
}
