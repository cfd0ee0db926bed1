import { databaseName, databaseOwner } from "../../../catalog/database";
import type { ServerCheck } from "../server-check";

/** Folder of the migrations in the Job's first container, and of the rights in its second. */
export const sqlFolder = "/sql";

/** Address of the primary as a URL of golang-migrate. The password is in `PGPASSWORD`, not in an argument (DB-17). */
export function migrateUrl(
    host: string,
    port: number,
    authority: string,
    serverCheck: ServerCheck = "verify-full",
): string {
    const query = new URLSearchParams({
        sslmode: serverCheck,
        sslrootcert: authority,
        // A change that waits for a lock makes all later statements wait: it gives up, and the Job's next pod tries again.
        lock_timeout: "5000",
    });
    return `pgx5://${databaseOwner}@${host}:${port}/${databaseName}?${query.toString()}`;
}

/**
 * Runs the migrations. golang-migrate marks a version as dirty before it runs it, and refuses all further runs until someone
 * sets the version. A file is one transaction, so a failed one has left nothing and is tried again, except for an index that
 * is built CONCURRENTLY: it can stay behind invalid, and the runbook says how to drop it.
 * https://github.com/golang-migrate/migrate/blob/v4.19.1/FAQ.md#what-does-dirty-database-mean
 */
export const migrateScript = `set -eu
migrate() { command migrate -path ${sqlFolder} -database "$DATABASE_URL" "$@"; }
state=$(migrate version 2>&1) || true
case "$state" in
*dirty*)
    version=\${state%% *}
    file=$(ls ${sqlFolder}/$(printf '%04d' "$version")_*.up.sql)
    if grep -q CONCURRENTLY "$file"; then
        echo "version $version failed outside a transaction; see docs/runbooks/migration.md" >&2
        exit 1
    fi
    if [ "$version" -gt 1 ]; then migrate force $((version - 1)); else migrate force -1; fi
    ;;
esac
migrate up
`;
