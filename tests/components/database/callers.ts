import type { Tier } from "../../../config/schema";
import type { Shipped } from "../shipped";

/** Variables of a caller of the primary or of the replicas: TLS with the check of the server's name (DB-07, DB-17). */
function variables(prefix: "RW" | "RO"): Readonly<Record<string, string>> {
    const store = prefix.toLowerCase();
    return {
        [`POSTGRES_${prefix}_ADDRESS`]: `postgres-pooler-${store}.data.svc.cluster.local:5432`,
        [`POSTGRES_${prefix}_DATABASE`]: "shop",
        [`POSTGRES_${prefix}_SSL_MODE`]: "verify-full",
        [`POSTGRES_${prefix}_CREDENTIALS`]: `/var/run/secrets/stores/postgres-${store}`,
    };
}

/** What a caller of PgBouncer before the primary, and of the one before the replicas, has in its environment. */
export const postgresVariables = { primary: variables("RW"), replicas: variables("RO") } as const;

/** What a caller waits for: the instances, the schema, which a replica of the stack copies, and the pooler. */
export function postgresWaits(stores: readonly ("rw" | "ro")[], { replica }: Pick<Shipped, "replica">): string[] {
    return [
        "Cluster database-cluster",
        ...(replica ? [] : ["Job database-schema"]),
        ...stores.map((store) => `Pooler database-pooler-${store}`),
    ];
}

/** Names of the Deployments and Services: Pgpool-II, off in dev and in a replica of the stack. Operators create the others. */
export function pgpoolIn({ tier, replica }: { readonly tier: Tier; readonly replica: boolean }): string[] {
    return tier === "dev" || replica ? [] : ["database-pgpool"];
}
