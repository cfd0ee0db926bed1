import type { StoreEndpoints } from "../../../catalog/stores";
import { homePool } from "../../../config/profiles";
import { selectorLabels } from "../../common/labels";
import { type Declaration, type Destination, type PodGroup, type Resources, sum } from "../../layer";
import type { DatabaseEndpoints } from "../endpoints";
import { databaseImages } from "../images";
import type { LayerConfig } from "../layer-config";
import { clusterName, pgpoolName, poolerName, type PoolerType, poolerTypes, port, splitService } from "../names";
import { attachResources, pgpoolResources } from "../pgpool-containers";
import { poolerResources } from "../pooler";
import { schemaPods } from "../schema/declare";
import { sqlResources } from "../schema/pod";
import { exporterResources } from "./exporter";
import { exporterName, exporterPort } from "./exporter-config";
import { rolesJobName } from "./roles-job";

/** The instances themselves, as a store outside of the cluster: only the poolers and the Jobs call it. */
export const instancesStore = "postgres-instances";

const instances: Destination = { store: instancesStore };

/** The endpoints of the stores that a stack has: the same Services as the operator's, in front of other pods. */
export function managedEndpoints({ database }: Pick<LayerConfig, "database">): DatabaseEndpoints {
    const endpoint = (service: string, app: string) =>
        ({ kind: "cluster", namespace: "data", service, port, podLabels: selectorLabels(app) }) as const;
    const pooler = (type: PoolerType) => endpoint(poolerName(type), poolerName(type));
    return {
        "postgres-rw": pooler("rw"),
        "postgres-ro": pooler("ro"),
        ...(database.pgpool.enabled ? { "postgres-split": endpoint(splitService, pgpoolName) } : {}),
    };
}

function fronts({ database, spread, profile }: LayerConfig): PodGroup[] {
    const front = (name: string, store: string, count: number, resources: Resources): PodGroup => ({
        name,
        namespace: "data",
        labels: selectorLabels(name),
        app: { name, component: "database" },
        source: "object",
        pool: homePool(profile, { namespace: "data" }),
        count: { min: count, max: count, surge: 1 },
        resources,
        spread,
        callers: [{ callersOf: store }],
        calls: ["dns", instances],
    });
    return [
        ...poolerTypes.map((type) =>
            front(poolerName(type), `${clusterName}-${type}`, database.poolers.instances, poolerResources),
        ),
        ...(database.pgpool.enabled
            ? [
                  front(
                      pgpoolName,
                      `${clusterName}-split`,
                      database.pgpool.instances,
                      sum(pgpoolResources, attachResources),
                  ),
              ]
            : []),
    ];
}

/**
 * What the layer runs in the cluster with a managed service: neither operator nor instances.
 *
 * @param range addresses of the service's instances
 */
export function declareManaged(config: LayerConfig, range: string): Declaration {
    const { postgresql, pgbouncer, pgpool, migrate, exporter } = databaseImages;
    const images = [postgresql, pgbouncer, migrate, exporter, ...(config.database.pgpool.enabled ? [pgpool] : [])];
    const stores: StoreEndpoints = {
        ...managedEndpoints(config),
        [instancesStore]: { kind: "outside", port, range },
    };
    const roles: PodGroup = {
        name: rolesJobName,
        namespace: "data",
        labels: selectorLabels(rolesJobName),
        app: { name: rolesJobName, component: "database" },
        source: "object",
        pool: homePool(config.profile, { namespace: "data" }),
        count: { min: 0, max: 1, surge: 0 },
        job: true,
        resources: sqlResources,
        spread: "preferred",
        callers: [],
        calls: ["dns", instances],
    };
    const metrics: PodGroup = {
        ...roles,
        name: exporterName,
        labels: selectorLabels(exporterName),
        app: { name: exporterName, component: "database" },
        count: { min: 1, max: 1, surge: 1 },
        job: false,
        resources: exporterResources,
        callers: [{ metrics: exporterPort }],
    };
    return {
        images: images.map((image) => ({ image })),
        pods: [...fronts(config), metrics, roles, ...schemaPods(config, instances)],
        stores,
    };
}
