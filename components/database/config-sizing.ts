/** What opens connections to each PostgreSQL instance. */
export interface ConnectionSizing {
    readonly poolers: {
        /** Pods of the pooler of the primary, and as many of the replicas' pooler. */
        readonly instances: number;
        /** PgBouncer's `max_db_connections` of each pod. */
        readonly serverConnections: number;
    };
    readonly pgpool: {
        readonly enabled: boolean;
        readonly instances: number;
        /** Pgpool-II's `num_init_children` of each pod: its client sessions. */
        readonly children: number;
        /** Pgpool-II's `max_pool`: cached connections of each child, one for each user and database. */
        readonly pools: number;
    };
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
