import { homePool } from "../../config/profiles";
import type { Tier } from "../../config/schema";
import { declareCharts } from "../helm";
import type { Declaration, Destination, PodGroup, Resources } from "../layer";
import { eck, operatorLabels } from "./eck";
import { elasticsearchImage } from "./images";
import type { LayerConfig } from "./layer-config";
import { snapshotCallers, snapshotCalls, snapshotGroups, snapshotImages } from "./snapshots/declare";
import { clusterName, nodeLabels, searchEndpoint, searchNamespace, transportPort } from "./types";

const cpu: Readonly<Record<Tier, { readonly request: string; readonly limit: string }>> = {
    dev: { request: "100m", limit: "1" },
    staging: { request: "250m", limit: "1" },
    prod: { request: "500m", limit: "2" },
};

/** Resources of a node. Memory is requested in full: a node that is evicted has to copy its shards again. */
export function nodeResources({ search: { memory }, tier }: Pick<LayerConfig, "search" | "tier">): Resources {
    const { request, limit } = cpu[tier];
    return { requests: { cpu: request, memory }, limits: { cpu: limit, memory } };
}

const nodes = { namespace: searchNamespace, labels: nodeLabels } as const;
const operator = { namespace: searchNamespace, labels: operatorLabels } as const;

/** What the layer runs. A replica has the operator only: the index is built when the stack is promoted (CL-18). */
export function declareSearch(config: LayerConfig): Declaration {
    const { charts, images, pods } = declareCharts([eck], config);
    const api: Destination = { pods: nodes, port: searchEndpoint.port };
    const cluster: PodGroup = {
        name: `${clusterName}-es`,
        namespace: searchNamespace,
        labels: nodeLabels,
        app: { name: `${clusterName}-es`, component: "search" },
        source: "controller",
        pool: homePool(config.profile, { namespace: searchNamespace }),
        // The operator restarts nodes one at a time and adds none.
        count: { min: config.search.nodes, max: config.search.nodes, surge: 0 },
        resources: nodeResources(config),
        spread: config.spread,
        callers: [
            { callersOf: "elasticsearch" },
            { pods: operator, port: searchEndpoint.port },
            { pods: nodes, port: transportPort },
            ...snapshotCallers(config),
        ],
        calls: ["dns", { pods: nodes, port: transportPort }, ...snapshotCalls(config)],
    };
    // The operator calls the nodes besides the API, which charts do not declare.
    const operatorPods = pods.map((group) => ({ ...group, calls: [...group.calls, api] }));
    return {
        charts,
        images: [...images, ...[elasticsearchImage, ...snapshotImages(config)].map((image) => ({ image }))],
        pods: config.role === "replica" ? operatorPods : [...operatorPods, cluster, ...snapshotGroups(config)],
        stores: { elasticsearch: searchEndpoint },
    };
}
