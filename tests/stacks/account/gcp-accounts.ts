import type { StackName } from "./updated";

interface Account {
    /** By stack; a replica has no jobs that write backups. */
    readonly ids: Readonly<Partial<Record<StackName, string>>>;
    readonly user: string;
}

/** Google accounts of service accounts: id by stack, namespace and service account. */
export const accounts: Readonly<Record<string, Account>> = {
    "cache-backup-backup": {
        ids: {
            dev: "id-valkey-state-backup-cdd4e8",
            staging: "id-valkey-state-backup-eced8c",
            prod: "id-valkey-state-backup-80f630",
        },
        user: "cache/valkey-state-backup",
    },
    "cache-backup-restore": {
        ids: {
            dev: "id-valkey-state-restore-6195bb",
            staging: "id-valkey-state-restore-72348b",
            prod: "id-valkey-state-restore-47c688",
        },
        user: "cache/valkey-state-restore",
    },
    "search-nodes": {
        ids: { dev: "id-search-es-3cb95d", staging: "id-search-es-f3703a", prod: "id-search-es-25dba3" },
        user: "data/search-es",
    },
    "database-retention-postgres-monthly": {
        ids: {
            dev: "id-postgres-monthly-d14f03",
            staging: "id-postgres-monthly-1d0caf",
            prod: "id-postgres-monthly-d4a6ba",
        },
        user: "data/postgres-monthly",
    },
    "addons-cert-manager": {
        ids: {
            dev: "id-cert-manager-f2fa78",
            staging: "id-cert-manager-279dd1",
            prod: "id-cert-manager-c2d32a",
            "prod-dr": "id-cert-manager-d48bc2",
        },
        user: "security/cert-manager",
    },
    "addons-external-dns": {
        ids: {
            dev: "id-external-dns-a85b10",
            staging: "id-external-dns-8f17b8",
            prod: "id-external-dns-049101",
            "prod-dr": "id-external-dns-14c761",
        },
        user: "ingress/external-dns",
    },
    "addons-external-secrets": {
        ids: {
            dev: "id-external-secrets-850284",
            staging: "id-external-secrets-19fbbc",
            prod: "id-external-secrets-b30c1c",
            "prod-dr": "id-external-secrets-b88c34",
        },
        user: "security/external-secrets",
    },
    "database-postgres": {
        ids: {
            dev: "id-postgres-ab382d",
            staging: "id-postgres-3e47cd",
            prod: "id-postgres-ae5bf5",
            "prod-dr": "id-postgres-19cd86",
        },
        user: "data/postgres",
    },
};
