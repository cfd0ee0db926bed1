import { homePool } from "../../../config/profiles";
import { selectorLabels } from "../../common/labels";
import type { Destination, PodGroup, PodSelector } from "../../layer";
import type { LayerConfig } from "../layer-config";
import { instanceLabels, port } from "../names";
import { schemaName } from "./job";
import { maintenanceName } from "./maintenance";
import { scheduledSql } from "./scheduled";
import { sqlResources } from "./pod";

const names = [schemaName, maintenanceName, ...Object.keys(scheduledSql)];

/** Pods that run SQL on the instances; a replica runs none, since it only reads (CL-18). */
export function schemaPods(
    { profile, replicaOf }: Pick<LayerConfig, "profile" | "replicaOf">,
    target: Destination = { pods: { namespace: "data", labels: instanceLabels }, port },
): PodGroup[] {
    return names.map((name): PodGroup => ({
        name,
        namespace: "data",
        labels: selectorLabels(name),
        app: { name, component: "database" },
        source: "object",
        pool: homePool(profile, { namespace: "data" }),
        // One pod at a time, and none between runs.
        count: { min: 0, max: replicaOf === undefined ? 1 : 0, surge: 0 },
        job: true,
        resources: sqlResources,
        spread: "preferred",
        callers: [],
        calls: ["dns", target],
    }));
}

/** Their labels, for the instances' network policy. */
export const schemaCallers: readonly PodSelector[] = names.map((name) => ({
    namespace: "data",
    labels: selectorLabels(name),
}));
