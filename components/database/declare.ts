import { homePool } from "../../config/profiles";
import { selectorLabels } from "../common/labels";
import { type Chart, declareCharts } from "../helm";
import { type Caller, type Declaration, type Destination, type PodGroup, type PodSelector, sum } from "../layer";
import { sidecarResources } from "./backups";
import { barmanCloudChart, pluginPort } from "./barman";
import { instanceResources } from "./cluster";
import { databaseEndpoints } from "./endpoints";
import { databaseImages } from "./images";
import type { LayerConfig } from "./layer-config";
import { metricsPorts } from "./monitors";
import { clusterName, pgpoolName, poolerLabels, poolerName, poolerTypes, port } from "./names";
import { cloudNativePgChart } from "./operator";
import { attachResources, pgpoolResources } from "./pgpool-containers";
import { poolerResources } from "./pooler";
import { retentionPods } from "./retention/declare";
import { schemaCallers, schemaPods } from "./schema/declare";

/** The charts that a stack installs, in order: the plugin only where there is a bucket for backups. */
export function databaseCharts({ database }: Pick<LayerConfig, "database">): readonly Chart[] {
    return database.backup.enabled ? [cloudNativePgChart, barmanCloudChart] : [cloudNativePgChart];
}

/** Port on which an instance reports its status. */
const statusPort = 8000;

/** Pods that the operator creates before an instance's: the first one's, a replica's, and those that restore. */
const jobRoles = ["initdb", "join", "full-recovery", "snapshot-recovery"] as const;

const selector = (labels: Readonly<Record<string, string>>): PodSelector => ({ namespace: "data", labels });
// Not by the name of the Cluster: a Cluster that is restored beside it needs the same connections (BK-03).
const memberLabels = { "cnpg.io/podRole": "instance" };
const instances = selector(memberLabels);
const operatorPods = selector({
    "app.kubernetes.io/name": "cloudnative-pg",
    "app.kubernetes.io/instance": "cloudnative-pg",
});
const pluginPods = selector({
    "app.kubernetes.io/name": "plugin-barman-cloud",
    "app.kubernetes.io/instance": "plugin-barman-cloud",
});

/** The charts' groups with the connections between operator, plugin and instances. */
function chartGroups(groups: readonly PodGroup[], plugin: boolean): PodGroup[] {
    const operatorCalls: Destination[] = [
        { pods: instances, port: statusPort },
        { pods: instances, port },
        ...(plugin ? [{ pods: pluginPods, port: pluginPort }] : []),
    ];
    return groups.map((group) =>
        group.app.name === cloudNativePgChart.name
            ? { ...group, calls: [...group.calls, ...operatorCalls] }
            : { ...group, callers: [...group.callers, { pods: operatorPods, port: pluginPort }] },
    );
}

/** The instances, and the pods of their initialisation, which run in place of an instance and need no room of their own. */
function instanceGroups(config: LayerConfig): PodGroup[] {
    const { database, spread, profile } = config;
    const archived = database.backup.enabled;
    const own = instanceResources(config);
    const pods: Omit<PodGroup, "name" | "labels" | "callers" | "count"> = {
        namespace: "data",
        app: { name: clusterName, component: "database" },
        source: "controller",
        pool: homePool(profile, { namespace: "data", pool: "database" }),
        resources: archived ? sum(own, sidecarResources) : own,
        spread,
        // Replication and, where there is one, the bucket of backups.
        calls: ["dns", "api-server", { pods: instances, port }, ...(archived ? (["cloud"] as const) : [])],
    };
    const members = [
        instances,
        ...jobRoles.map((role) => selector({ "cnpg.io/jobRole": role })),
        ...poolerTypes.map((type) => selector(poolerLabels(type))),
        ...(database.pgpool.enabled ? [selector(selectorLabels(pgpoolName))] : []),
        operatorPods,
        ...schemaCallers,
    ];
    return [
        {
            ...pods,
            name: clusterName,
            labels: memberLabels,
            // The check of an isolated primary whether it reaches the others. Jobs do not check.
            calls: [...pods.calls, { pods: instances, port: statusPort }],
            // Room for one instance of a Cluster that is restored beside this one (BK-03), on top of every update.
            count: { min: database.instances, max: database.instances, surge: archived ? 1 : 0 },
            callers: [
                ...members.map((member): Caller => ({ pods: member, port })),
                { pods: instances, port: statusPort },
                { pods: operatorPods, port: statusPort },
                { metrics: metricsPorts.instance },
            ],
        },
        ...jobRoles.map((role): PodGroup => ({
            ...pods,
            name: `${clusterName}-${role}`,
            labels: { "cnpg.io/jobRole": role },
            count: { min: 0, max: 0, surge: 0 },
            job: true,
            callers: [],
        })),
    ];
}

/** PgBouncer and Pgpool-II. */
function frontGroups({ database, spread, profile }: LayerConfig): PodGroup[] {
    const group = (
        name: string,
        labels: PodGroup["labels"],
        count: number,
        rest: Pick<PodGroup, "source" | "resources" | "callers"> & { readonly calls: readonly Destination[] },
    ): PodGroup => ({
        name,
        namespace: "data",
        labels,
        app: { name, component: "database" },
        pool: homePool(profile, { namespace: "data" }),
        count: { min: count, max: count, surge: 1 },
        spread,
        ...rest,
        calls: ["dns", ...rest.calls, { pods: instances, port }],
    });
    return [
        ...poolerTypes.map((type) =>
            group(poolerName(type), poolerLabels(type), database.poolers.instances, {
                source: "controller",
                resources: poolerResources,
                callers: [{ callersOf: `${clusterName}-${type}` }, { metrics: metricsPorts.pooler }],
                // Its configuration and certificates.
                calls: ["api-server"],
            }),
        ),
        ...(database.pgpool.enabled
            ? [
                  group(pgpoolName, selectorLabels(pgpoolName), database.pgpool.instances, {
                      source: "object",
                      resources: sum(pgpoolResources, attachResources),
                      callers: [{ callersOf: `${clusterName}-split` }],
                      calls: [],
                  }),
              ]
            : []),
    ];
}

/** What the layer runs. */
export function declareDatabase(config: LayerConfig): Declaration {
    const charts = declareCharts(databaseCharts(config), config);
    const { postgresql, pgbouncer, pgpool, migrate } = databaseImages;
    const own = [
        postgresql,
        pgbouncer,
        ...(config.replicaOf === undefined ? [migrate] : []),
        ...(config.database.pgpool.enabled ? [pgpool] : []),
    ];
    return {
        charts: charts.charts,
        images: [...charts.images, ...own.map((image) => ({ image }))],
        pods: [
            ...chartGroups(charts.pods, config.database.backup.enabled),
            ...instanceGroups(config),
            ...frontGroups(config),
            ...schemaPods(config),
            ...retentionPods(config),
        ],
        stores: databaseEndpoints(config),
    };
}
