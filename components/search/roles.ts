import type { StoreCaller } from "../../catalog/graph";
import { type SnapshotJob, snapshotNames } from "./snapshots/names";

/** Index privileges by access; a reader sees documents and mappings, a writer creates its indexes too. */
const privileges = {
    read: ["read", "view_index_metadata"],
    "read-write": ["create_index", "manage", "read", "view_index_metadata", "write"],
    write: ["create_index", "write"],
} as const;

/** Prefix of the indexes of a workload. */
export function indexOf({ workload }: Pick<StoreCaller, "workload">): string {
    return workload;
}

/** Names of the indexes of a workload, and pattern of those that it replaces them by. */
export function indexNames(caller: Pick<StoreCaller, "workload">): string[] {
    const index = indexOf(caller);
    return [index, `${index}-*`];
}

interface Role {
    readonly cluster: readonly string[];
    readonly indices: readonly { readonly names: readonly string[]; readonly privileges: readonly string[] }[];
}

/**
 * Roles of the jobs. Where a named privilege allows more than is needed, the one action is named: `manage`, which the
 * documentation asks for, may change every setting of the cluster.
 * https://www.elastic.co/guide/en/elasticsearch/reference/8.19/slm-and-security.html
 */
function snapshotRoles(callers: readonly StoreCaller[]): Readonly<Record<SnapshotJob, Role>> {
    return {
        // A policy makes its snapshots with the rights of the user who wrote it; it deletes them with Elasticsearch's own.
        register: { cluster: ["manage_slm", "create_snapshot", "cluster:admin/repository/put"], indices: [] },
        restore: {
            cluster: ["monitor_snapshot", "cluster:admin/snapshot/restore"],
            // To close and open them; no document can be read.
            indices: [{ names: callers.flatMap(indexNames), privileges: ["manage"] }],
        },
    };
}

/**
 * The content of `roles.yml`, which is JSON and therefore YAML: a role for each caller, with its own indexes only and no
 * privilege on the cluster, and for each job of the snapshots. `manage` is of these indexes: their aliases are moved when the catalogue is indexed anew.
 */
export function rolesFile(callers: readonly StoreCaller[], jobs: readonly SnapshotJob[]): string {
    const own = callers.map((caller): [string, Role] => [
        caller.workload,
        { cluster: [], indices: [{ names: indexNames(caller), privileges: privileges[caller.access] }] },
    ]);
    const roles = snapshotRoles(callers);
    const others = jobs.map((job): [string, Role] => [snapshotNames[job], roles[job]]);
    return `${JSON.stringify(Object.fromEntries([...own, ...others]), undefined, 2)}\n`;
}

/** The content of `users_roles`: each user has the role of its name. */
export function usersRolesFile(users: readonly string[]): string {
    return users.map((user) => `${user}:${user}\n`).join("");
}
