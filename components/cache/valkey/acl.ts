import type { CacheName } from "../../../catalog/caches";
import type { StoreCaller } from "../../../catalog/graph";
import type { StoreAccess } from "../../../catalog/stores";

/** A user of a server, without its password. */
export interface User {
    readonly name: string;
    /** Patterns of keys; none for users that read no data. */
    readonly keys: readonly string[];
    readonly commands: readonly string[];
}

/** What a client of a cluster sends before its first command, and to follow a failover. */
const connection = [
    "ping",
    "hello",
    "client|setname",
    "client|id",
    "cluster|slots",
    "cluster|shards",
    "cluster|nodes",
    "cluster|info",
    "cluster|myid",
    "asking",
    "readonly",
    "readwrite",
] as const;

/** Reads of values, and of hashes such as carts. */
const reads = [
    ...["get", "mget", "exists", "ttl", "pttl", "type", "strlen"],
    ...["hget", "hmget", "hgetall", "hexists", "hlen", "hkeys", "hvals"],
] as const;

/** Writes with a lifetime, and deletions, such as of a session on logout (CA-04); transactions of several keys of a slot. */
const writes = [
    ...["set", "setex", "psetex", "getex", "getdel", "mset", "del", "unlink", "incr", "incrby", "decr", "decrby"],
    ...["expire", "pexpire", "expireat", "pexpireat", "persist", "hset", "hsetnx", "hdel", "hincrby"],
    ...["multi", "exec", "discard", "watch", "unwatch"],
] as const;

/** For what is refreshed: replaces a value with its lifetime. Not SET, which can return the value that it replaces. */
const overwrites = ["setex"] as const;

const commandsOf: Readonly<Record<StoreAccess, readonly string[]>> = {
    read: reads,
    "read-write": [...reads, ...writes],
    write: overwrites,
};

/** Keys of a kind of cached data. */
export function keyPattern(cache: CacheName): string {
    return `${cache}:*`;
}

/** A service or a job: the keys of its own caches, and no command that reads all keys, runs scripts or changes the server (SC-07). */
export function serviceUser({ workload, access, caches }: StoreCaller): User {
    const data = caches.length === 0 ? [] : commandsOf[access];
    return { name: workload, keys: caches.map(keyPattern), commands: [...connection, ...data] };
}

/** The users of the platform itself: none reads or writes a key. */
export const platformUsers = {
    /** The scripts that form and heal the cluster. */
    operator: {
        name: "operator",
        keys: [],
        commands: [
            ...["ping", "info", "acl|load", "config|set", "cluster|info", "cluster|nodes", "cluster|meet"],
            ...["cluster|addslotsrange", "cluster|replicate", "cluster|failover", "cluster|forget"],
        ],
    },
    /** A replica at its master. https://valkey.io/topics/acl/, "ACL rules for Sentinel and Replicas" */
    replication: { name: "replication", keys: [], commands: ["psync", "replconf", "ping"] },
    /** The exporter. Read: oliver006/redis_exporter, README.md, "Authenticating with Redis". */
    metrics: {
        name: "metrics",
        keys: [],
        commands: [
            ...["ping", "info", "client|setname", "config|get", "cluster|info"],
            ...["latency|latest", "latency|histogram", "slowlog|get", "slowlog|len"],
        ],
    },
} as const satisfies Readonly<Record<string, User>>;

/** Users of the jobs that copy a cluster to the bucket and back, where it has a backup (BK-06). */
export const backupUsers = {
    /** Gets all keys as a replica does, and can run no command on one. */
    backup: {
        name: "backup",
        keys: [],
        commands: ["ping", "info", "cluster|info", "cluster|nodes", "psync", "replconf", "sync"],
    },
    /** Writes any key and reads none. Its password is mounted by the job that is created by hand only. */
    restore: {
        name: "restore",
        keys: ["*"],
        commands: ["ping", "info", "select", "cluster|info", "cluster|nodes", "restore"],
    },
} as const satisfies Readonly<Record<string, User>>;

/** What a user may do, as rules of an ACL. `resetchannels`: no message of another service. */
export function permissions({ keys, commands }: Pick<User, "keys" | "commands">): string {
    return [
        ...["resetchannels", ...keys.map((key) => `~${key}`)],
        ...["-@all", ...commands.map((command) => `+${command}`)],
    ].join(" ");
}

/** A line of the file of users: the user authenticates by a password with this SHA-256 in hex. */
export function aclLine(user: User, passwordSha256: string): string {
    // Without `nopass`: only this password.
    return `user ${user.name} reset on #${passwordSha256} ${permissions(user)}\n`;
}

/** Connections without a user can do nothing. */
export const defaultUser = "user default reset off -@all\n";
