import { hasBucket } from "../../config/clouds";
import { group, oneOf, text, whole } from "../../config/fields";
import { configPart, defaultOn, defined, type Rule } from "../../config/part";
import { memoryQuantity, quantity } from "../../config/quantity";
import type { Tier } from "../../config/schema";
import { backupDefaults, backupRules, backupShape, type SearchBackup } from "./config-backup";
import {
    type Engine,
    engineOf,
    engines,
    instanceTypeOf,
    managedRules,
    type SearchKind,
    searchKinds,
} from "./config-managed";

/** Shape of the search engine. */
export interface SearchSettings {
    /** Who runs it. */
    readonly kind: SearchKind;
    readonly engine: Engine;
    readonly nodes: number;
    /** Memory of each node, request and limit. */
    readonly memory: string;
    /** Java heap of each node. */
    readonly heap: string;
    readonly volumeGiB: number;
    readonly backup: SearchBackup;
    /** Machine of each managed data node; pods have none. */
    readonly instanceType?: string;
    /** Increased to generate other passwords (SC-05). */
    readonly passwordGeneration: number;
}

/** The search layer's keys. */
export interface SearchConfig {
    readonly search: SearchSettings;
}

const tiers: Readonly<
    Record<Tier, Omit<SearchSettings, "engine" | "heap" | "instanceType" | "passwordGeneration" | "backup">>
> = {
    dev: { kind: "eck", nodes: 1, memory: "2Gi", volumeGiB: 10 },
    // As many nodes as prod: with fewer, an upgrade without an interruption is not tested (EN-02).
    staging: { kind: "eck", nodes: 3, memory: "2Gi", volumeGiB: 20 },
    // One node in each zone, which are all master-eligible and hold data (SE-01).
    prod: { kind: "eck", nodes: 3, memory: "4Gi", volumeGiB: 100 },
};

type SearchRule = Rule<SearchConfig>;

const nodesFormQuorum: SearchRule = ({ config: { tier, search } }) => {
    const { nodes } = search;
    const path = "search.nodes";
    if (nodes === 2) {
        const message = "stops when either node does: a majority of 2 is 2; give 1, or 3 or more";
        return [{ path, value: nodes, message }];
    }
    const message = "stops the product search when a node restarts; give 3 or more in prod";
    return tier === "prod" && nodes < 3 ? [{ path, value: nodes, message }] : [];
};

/** Above it, Java needs 8 bytes for a reference in place of 4. */
const compressedHeap = "31Gi";

const heapLeavesCache: SearchRule = ({ config: { search } }) => {
    const { heap, memory } = search;
    const [own, all] = [quantity(heap), quantity(memory)];
    const half = Math.floor(all / 2 / 2 ** 20);
    if (own > all / 2) {
        const percent = Math.round((own / all) * 100);
        const message =
            `is ${percent} % of search.memory (${memory}), and Lucene reads its files from the page cache in the rest; ` +
            `give ${half}Mi or less, or raise search.memory`;
        return [{ path: "search.heap", value: heap, message }];
    }
    const message = `is more than ${compressedHeap}, where Java's references double in size; give ${compressedHeap} or less`;
    return own > quantity(compressedHeap) ? [{ path: "search.heap", value: heap, message }] : [];
};

const memory = (description: string) =>
    text(description, /^(?!0+[MG])[0-9]+(Mi|Gi)$/, 'a quantity above 0 with Mi or Gi, such as "4Gi"');

/** The keys about the product search. */
export const searchConfig = configPart({
    name: "search",
    shape: {
        search: group("Product search (SE-01)", {
            kind: oneOf(
                "What runs the engine: pods of ECK, or Amazon OpenSearch Service (AWS); chosen before the first deployment, since the index is not copied",
                searchKinds,
            ).optional(),
            engine: oneOf("Search engine; `opensearch` with `search.kind` opensearch-service only", engines).optional(),
            nodes: whole("Nodes, spread over the zones", 1, 15).optional(),
            memory: memory("Memory of each node").optional(),
            heap: memory("Java heap of each node").optional(),
            volumeGiB: whole("Size of each node's volume; a volume can only grow", 1, 16_000).optional(),
            backup: backupShape.optional(),
            instanceType: text(
                "Machine of each managed data node",
                /^[a-z0-9]+\.[a-z0-9]+\.search$/,
                "a machine of OpenSearch Service such as m6g.large.search",
            ).optional(),
            passwordGeneration: whole("Increased to generate new passwords of all users (SC-05)", 1, 1000).optional(),
        }).optional(),
    },
    tiers,
    resolve: ({ search }, { tier, cloud, role }): SearchConfig => {
        const { backup: snapshots, ...own } = defined(search);
        const kind = own.kind ?? tiers[tier].kind;
        const settings = { ...tiers[tier], engine: engineOf[kind], ...instanceTypeOf(kind, tier), ...defined(own) };
        const half = Math.min(quantity(settings.memory) / 2, quantity(compressedHeap));
        const backup = {
            ...backupDefaults,
            ...defined(snapshots),
            // A managed engine has the cloud's own. A replica of the stack has no index, and may not write its primary's
            // bucket (CL-18).
            enabled: kind === "eck" && hasBucket[cloud] && role === "primary",
        };
        return { search: { heap: memoryQuantity(half), passwordGeneration: 1, ...settings, backup } };
    },
    rules: [nodesFormQuorum, heapLeavesCache, ...backupRules, ...managedRules],
    defaults: {
        "search.kind": ({ search }) => search.kind,
        "search.engine": ({ search }) => search.engine,
        "search.nodes": ({ search }) => search.nodes,
        "search.memory": ({ search }) => search.memory,
        "search.heap": ({ search }) => search.heap,
        "search.volumeGiB": ({ search }) => search.volumeGiB,
        "search.backup.schedule": defaultOn(["gcp", "aws"], ({ search }: SearchConfig) => search.backup.schedule),
        "search.backup.retentionDays": defaultOn(
            ["gcp", "aws"],
            ({ search }: SearchConfig) => search.backup.retentionDays,
        ),
        "search.instanceType": ({ search }) => search.instanceType,
        "search.passwordGeneration": ({ search }) => search.passwordGeneration,
    },
});
