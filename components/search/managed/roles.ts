import type { StoreCaller } from "../../../catalog/graph";
import { indexNames } from "../roles";

/** A role of OpenSearch's security API. */
export interface OpenSearchRole {
    readonly cluster_permissions: readonly string[];
    readonly index_permissions: readonly {
        readonly index_patterns: readonly string[];
        readonly allowed_actions: readonly string[];
    }[];
}

/** Reads over several indexes or documents at once; each part is checked with the rights on its own index. */
const readTogether = ["indices:data/read/mget", "indices:data/read/msearch", "indices:data/read/scroll*"];

/**
 * Rights by access: those of Elasticsearch's users by OpenSearch's names. A reader sees documents, mappings and settings; a
 * writer creates its indexes too, and moves their aliases.
 * https://docs.opensearch.org/3.0/security/access-control/default-action-groups
 */
const rights = {
    read: {
        cluster: readTogether,
        index: ["read", "indices:admin/get", "indices:admin/mappings/get", "indices:admin/aliases/get"],
    },
    "read-write": {
        cluster: ["indices:data/write/bulk", ...readTogether],
        index: ["create_index", "manage", "read", "write"],
    },
    write: { cluster: ["indices:data/write/bulk"], index: ["create_index", "write"] },
} as const;

/** The role of a caller, with rights on its own indexes and none on the cluster's settings (SE-01). */
export function openSearchRole(caller: StoreCaller): OpenSearchRole {
    const { cluster, index: actions } = rights[caller.access];
    return {
        cluster_permissions: cluster,
        index_permissions: [{ index_patterns: indexNames(caller), allowed_actions: actions }],
    };
}
