/** Name of the shop's database (DB-01). */
export const databaseName = "shop";

/** Role that owns the database's objects; migrations use it, no service does. */
export const databaseOwner = "shop_owner";

/**
 * When PostgreSQL acknowledges a commit: `on` after a standby has written it to its disk, `local` after the primary has
 * (https://www.postgresql.org/docs/18/runtime-config-wal.html#GUC-SYNCHRONOUS-COMMIT).
 */
export type CommitLevel = "on" | "local";

/** The commit level of a role. */
export interface RoleCommit {
    readonly level: CommitLevel;
    readonly reason: string;
}

/**
 * `synchronous_commit` of each service's role, for `ALTER ROLE ... SET` (DB-03, X15). A role without a row has the cluster's
 * default, `on`. Not `remote_apply`: it waits for one replica of three, so that a read may still meet another one, and a
 * long query on that replica delays every commit.
 */
export const roleCommits: Readonly<Record<string, RoleCommit>> = {
    user: { level: "on", reason: "a registration that was confirmed has to exist after a failover" },
    order: { level: "on", reason: "an order that was confirmed must not be lost with the primary" },
    payment: { level: "on", reason: "a charge at the payment provider must not be forgotten" },
    inventory: { level: "on", reason: "stock that was reserved must not be sold twice" },
    product: {
        level: "local",
        reason: "an edit of the catalogue can be repeated, and imports write thousands of rows",
    },
};

/** Role of a workload: not its bare name, since `user` and `order` are reserved words that SQL has to quote. */
export function databaseRole(workload: string): string {
    return `${workload.replaceAll("-", "_")}_service`;
}
