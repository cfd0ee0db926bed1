import { homePool } from "../../config/profiles";
import type { Tier } from "../../config/schema";
import { selectorLabels } from "../common/labels";
import { declareCharts } from "../helm";
import { type Declaration, type Destination, type PodGroup, type Resources, sum } from "../layer";
import { documentsImages } from "./images";
import type { LayerConfig } from "./layer-config";
import { mongoOperator, operatorLabels } from "./operator";
import { clusterName, documentsEndpoint, documentsNamespace, memberLabels, mongodPort } from "./types";

/** Name of the Job that creates collections and indexes, and of its ServiceAccount. */
export const indexesName = `${clusterName}-indexes`;

/** Requests and limits of the Job: mongosh is a Node program. */
export const indexesResources: Resources = {
    requests: { cpu: "50m", memory: "128Mi" },
    limits: { cpu: "500m", memory: "512Mi" },
};

/** Requests and limits of the container that makes backups, in each member's pod. */
export const backupResources: Resources = {
    requests: { cpu: "50m", memory: "128Mi" },
    limits: { cpu: "500m", memory: "512Mi" },
};

const cpu: Readonly<Record<Tier, { readonly request: string; readonly limit: string }>> = {
    dev: { request: "100m", limit: "1" },
    staging: { request: "250m", limit: "1" },
    prod: { request: "500m", limit: "2" },
};

/** Resources of mongod. Memory is requested in full: its cache is sized by the limit. */
export function memberResources({ documents: { memory }, tier }: Pick<LayerConfig, "documents" | "tier">): Resources {
    const { request, limit } = cpu[tier];
    return { requests: { cpu: request, memory }, limits: { cpu: limit, memory } };
}

const members = { namespace: documentsNamespace, labels: memberLabels } as const;
const operator = { namespace: documentsNamespace, labels: operatorLabels } as const;
const indexes = { namespace: documentsNamespace, labels: selectorLabels(indexesName) } as const;

/** What the layer runs. A replica of the stack runs nothing of it: it is installed on promotion (CL-18). */
export function declareDocuments(config: LayerConfig): Declaration {
    const stores = { mongodb: documentsEndpoint };
    if (config.role === "replica") {
        return { stores };
    }
    const { charts, images, pods } = declareCharts([mongoOperator], config);
    const { documents, profile, spread } = config;
    const member: Destination = { pods: members, port: mongodPort };
    // The members write backups, and the operator deletes them.
    const bucket: readonly Destination[] = documents.backup.enabled ? ["cloud"] : [];
    const own = memberResources(config);
    const cluster: PodGroup = {
        name: clusterName,
        namespace: documentsNamespace,
        labels: memberLabels,
        app: { name: clusterName, component: "documents" },
        source: "controller",
        pool: homePool(profile, { namespace: documentsNamespace, pool: "database" }),
        // The operator restarts members one at a time and adds none.
        count: { min: documents.members, max: documents.members, surge: 0 },
        resources: documents.backup.enabled ? sum(own, backupResources) : own,
        spread,
        // See `containerSecurityContext` in mongo-spec.ts.
        writableRoot: ["mongod"],
        callers: [
            { callersOf: "mongodb" },
            ...[operator, members, indexes].map((caller) => ({ pods: caller, port: mongodPort })),
        ],
        calls: ["dns", member, ...bucket],
    };
    const job: PodGroup = {
        name: indexesName,
        namespace: documentsNamespace,
        labels: indexes.labels,
        app: { name: indexesName, component: "documents" },
        source: "object",
        pool: homePool(profile, { namespace: documentsNamespace }),
        count: { min: 0, max: 1, surge: 0 },
        job: true,
        resources: indexesResources,
        spread: "preferred",
        callers: [],
        calls: ["dns", member],
    };
    return {
        charts,
        images: [
            ...images,
            { image: documentsImages.server },
            ...(documents.backup.enabled ? [{ image: documentsImages.backup }] : []),
        ],
        pods: [...pods.map((group) => ({ ...group, calls: [...group.calls, member, ...bucket] })), cluster, job],
        stores,
    };
}
