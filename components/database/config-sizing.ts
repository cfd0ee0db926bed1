/** The size of both poolers. */
export interface PoolerSizing {
    /** Pods of the pooler of the primary, and as many of the replicas' pooler. */
    readonly instances: number;
    /** Connections of a pod to PostgreSQL, as the mean of both poolers. */
    readonly serverConnections: number;
    /** Percentage of the load that reads from replicas (DB-10). */
    readonly readShare: number;
}

/** What opens connections to each PostgreSQL instance. */
export interface ConnectionSizing {
    readonly poolers: Pick<PoolerSizing, "instances" | "serverConnections">;
    readonly pgpool: {
        readonly enabled: boolean;
        readonly instances: number;
        /** Pgpool-II's `num_init_children` of each pod: its client sessions. */
        readonly children: number;
        /** Pgpool-II's `max_pool`: cached connections of each child, one for each user and database. */
        readonly pools: number;
        /** Seconds that a pod keeps the result of a SELECT (DB-07); 0 keeps none. */
        readonly queryCacheSeconds: number;
    };
}

/**
 * PgBouncer's `max_db_connections` of each pod: both poolers have their connections in the proportion of reads and writes
 * (DB-10). With 75 % and three replicas, each of prod's four instances gets the same number of them.
 */
export function poolerConnections({
    serverConnections,
    readShare,
}: Pick<PoolerSizing, "serverConnections" | "readShare">): Readonly<Record<"rw" | "ro", number>> {
    const both = 2 * serverConnections;
    // Each has one at least: 0 is no limit (https://www.pgbouncer.org/config.html#max_db_connections).
    const rw = Math.min(Math.max(1, Math.round((both * (100 - readShare)) / 100)), both - 1);
    return { rw, ro: both - rw };
}

/**
 * Connections that neither pooler has: PostgreSQL's 3 for superusers, 10 of CloudNativePG's instance manager and exporter,
 * 12 of the poolers' password look-ups, 5 of migrations and 10 of people.
 */
export const reservedConnections = 40;

/**
 * Connections that one instance has to accept (DB-08). All are counted for each instance: after a failover the last replica
 * has every reader, and a replica needs at least its primary's `max_connections`.
 */
export function requiredConnections({ poolers, pgpool }: ConnectionSizing): number {
    const split = pgpool.enabled ? pgpool.children * pgpool.pools * pgpool.instances : 0;
    return split + 2 * poolers.instances * poolers.serverConnections + reservedConnections;
}

/** The calculation of {@link requiredConnections}, for messages. */
export function connectionArithmetic(sizing: ConnectionSizing): string {
    const { poolers, pgpool } = sizing;
    const split = pgpool.enabled
        ? [`${pgpool.children} children x ${pgpool.pools} pools x ${pgpool.instances} pods of Pgpool-II`]
        : [];
    const terms = [
        ...split,
        `2 poolers x ${poolers.instances} pods x ${poolers.serverConnections} server connections`,
        `${reservedConnections} reserved`,
    ];
    return `${terms.join(" + ")} = ${requiredConnections(sizing)}`;
}
