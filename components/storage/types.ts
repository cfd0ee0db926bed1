/** Names of the storage classes, the same on every cloud (ST-01, ST-02). */
export interface Storage {
    /** SSD for databases and queues. */
    readonly fastSsd: "fast-ssd";
    /** Standard SSD for logs and scratch data. */
    readonly standardSsd: "standard-ssd";
    /** Disks for backups and archives. */
    readonly hdd: "hdd";
}
