import type { Member, Members } from "../security/members";

const member = (name: string, own: Pick<Member, "metrics" | "peers">): Members => ({
    [name]: {
        namespace: "cache",
        labels: { "app.kubernetes.io/name": name, "app.kubernetes.io/part-of": "ecommerce-platform" },
        calls: [],
        ...own,
    },
});

const valkey = (name: string): Members => ({
    // Commands and replication, and the bus of the cluster.
    ...member(name, { metrics: ["TCP/9121"], peers: { [name]: ["TCP/16379", "TCP/6379"] } }),
    ...member(`${name}-formed`, { metrics: [], peers: { [name]: ["TCP/6379"] } }),
});

/** A job that copies the state to the bucket, or back. */
const copy = (name: string): Members => ({
    [name]: { ...member(name, { metrics: [], peers: { "valkey-state": ["TCP/6379"] } })[name]!, calls: ["cloud"] },
});

/** The pods of the caches and what they may reach (NW-05). @param bucket whether the stack has one of its own */
export function cacheMembers(bucket = true): Members {
    return {
        ...(bucket ? { ...copy("valkey-state-backup"), ...copy("valkey-state-restore") } : {}),
        ...valkey("valkey-state"),
        ...valkey("valkey-cache"),
        ...member("memcached", { metrics: ["TCP/9150"], peers: {} }),
    };
}
