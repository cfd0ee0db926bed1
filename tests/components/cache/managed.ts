import type { Tier } from "../../../config/schema";
import { deployPlatform, type Deployment } from "../deployment";
import { configOf } from "../layers";

const deployed = new Map<string, Promise<Deployment>>();

/** The platform of a tier with its cloud's managed caches, created once per test run. */
export function managedCaches(cloud: "gcp" | "aws", tier: Tier): Promise<Deployment> {
    const key = `${cloud} ${tier}`;
    const kind = cloud === "gcp" ? "memorystore" : "elasticache";
    const found = deployed.get(key) ?? deployPlatform(configOf(cloud, tier, { cache: { kind } }));
    deployed.set(key, found);
    return found;
}

/** What a service may do with its own keys, repeated from `components/cache/valkey/acl.ts`. */
export const rights =
    "-@all +ping +hello +client|setname +client|id +cluster|slots +cluster|shards +cluster|nodes +cluster|info " +
    "+cluster|myid +asking +readonly +readwrite +get +mget +exists +ttl +pttl +type +strlen +hget +hmget +hgetall " +
    "+hexists +hlen +hkeys +hvals +set +setex +psetex +getex +getdel +mset +del +unlink +incr +incrby +decr +decrby " +
    "+expire +pexpire +expireat +pexpireat +persist +hset +hsetnx +hdel +hincrby +multi +exec +discard +watch +unwatch";

/** What a job may do with the keys that it refreshes. */
export const overwrites =
    "-@all +ping +hello +client|setname +client|id +cluster|slots +cluster|shards +cluster|nodes +cluster|info " +
    "+cluster|myid +asking +readonly +readwrite +setex";
