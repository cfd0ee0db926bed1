import { group, oneOf, text, whole } from "../../config/fields";
import type { CoreConfig } from "../../config/core";
import { configPart, defined } from "../../config/part";
import type { Cloud, Tier } from "../../config/schema";
import { documentsRules } from "./config-rules";
import type { DocumentsConfig, DocumentsSettings } from "./config-types";

export type { DocumentsConfig } from "./config-types";

const kinds = ["none", "mongodb"] as const;

const tiers: Readonly<Record<Tier, Pick<DocumentsSettings, "members" | "memory" | "volumeGiB">>> = {
    // Without a second copy: dev's documents can be created again, and it fits on a laptop.
    dev: { members: 1, memory: "1Gi", volumeGiB: 10 },
    // As many members as prod, so that elections are tested (EN-02).
    staging: { members: 3, memory: "2Gi", volumeGiB: 20 },
    // One in each zone: the loss of a zone leaves a majority (MG-01).
    prod: { members: 3, memory: "4Gi", volumeGiB: 100 },
};

/**
 * Where the operator's backups get credentials without a key that could be copied. Its storage on Google Cloud requires a
 * key (https://docs.percona.com/percona-operator-for-mongodb/backups-storage.html), and an existing cluster has no bucket.
 */
const backsUp: Readonly<Record<Cloud, boolean>> = { gcp: false, aws: true, existing: false };

/** A replica of the stack creates no pods, and therefore no backups. */
function backupOf({ cloud, role }: Pick<CoreConfig, "cloud" | "role">): DocumentsSettings["backup"] {
    return {
        enabled: backsUp[cloud] && role === "primary",
        // An hour after the full backup of PostgreSQL (BK-01). Five fields, UTC.
        schedule: "0 3 * * *",
        copies: 7,
    };
}

/** The keys about MongoDB. */
export const documentsConfig = configPart({
    name: "documents",
    shape: {
        documents: group("MongoDB, where `database.documents` is mongodb (MG-01)", {
            members: whole("Members of the replica set, spread over the zones; an odd number", 1, 7).optional(),
            memory: text(
                "Memory of each member; half of what exceeds 1Gi is WiredTiger's cache, and 256Mi at least",
                /^(?!0+[MG])[0-9]+(Mi|Gi)$/,
                'a quantity above 0 with Mi or Gi, such as "4Gi"',
            ).optional(),
            volumeGiB: whole("Size of each member's volume; a volume can only grow", 1, 16_000).optional(),
        }).optional(),
    },
    groups: {
        database: {
            documents: oneOf(
                "Whether the stack also has a store of documents: MongoDB by Percona's operator, whose server has the licence SSPL (MG-02)",
                kinds,
            ).optional(),
        },
    },
    tiers,
    resolve: ({ documents, database }, core): DocumentsConfig => ({
        documents: {
            kind: database?.documents ?? "none",
            ...tiers[core.tier],
            ...defined(documents),
            backup: backupOf(core),
        },
    }),
    rules: documentsRules,
    defaults: {
        "database.documents": ({ documents }) => documents.kind,
        "documents.members": ({ documents }) => documents.members,
        "documents.memory": ({ documents }) => documents.memory,
        "documents.volumeGiB": ({ documents }) => documents.volumeGiB,
    },
});
