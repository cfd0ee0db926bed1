/** Shape of the store of documents. */
export interface DocumentsSettings {
    /** Whether the stack has one (MG-02). */
    readonly kind: "none" | "mongodb";
    readonly members: number;
    /** Memory of each member, request and limit. */
    readonly memory: string;
    readonly volumeGiB: number;
    readonly backup: {
        /** Whether the operator makes them, in the stack's bucket. */
        readonly enabled: boolean;
        /** Five cron fields, UTC. */
        readonly schedule: string;
        /** Backups that are kept. */
        readonly copies: number;
    };
}

/** The documents layer's keys. */
export interface DocumentsConfig {
    readonly documents: DocumentsSettings;
}
