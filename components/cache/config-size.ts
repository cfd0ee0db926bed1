/** Zones that the members of a shard are distributed over: every cluster of the platform has three (CL-01). */
export const zoneCount = 3;

/** Memory of the containers beside Valkey's own in each pod, in bytes. */
export const valkeyOverhead = 128 * 2 ** 20;

/** Memory of Memcached's exporter, in bytes. */
export const memcachedOverhead = 64 * 2 ** 20;

/** The place of a member: `member` 0 is the shard's master where nothing has failed. Each place has one zone. */
export function placeOf(shard: number, member: number): number {
    return (shard + member) % zoneCount;
}

/** The most members of a cluster that share a zone. */
export function perZone(shards: number, replicasPerShard: number): number {
    const counts = Array.from({ length: zoneCount }, () => 0);
    for (let shard = 0; shard < shards; shard += 1) {
        for (let member = 0; member <= replicasPerShard; member += 1) {
            const place = placeOf(shard, member);
            counts[place] = (counts[place] ?? 0) + 1;
        }
    }
    return Math.max(...counts);
}
