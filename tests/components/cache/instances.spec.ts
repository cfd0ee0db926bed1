import assert from "node:assert/strict";

import { instancesOf, memcachedHosts, membersOf, podResources, slotsOf } from "../../../components/cache/instances";
import { configOf } from "../layers";

describe("the Valkey clusters of a stack (CA-01, CA-06, X30)", () => {
    it("are one that never evicts and writes a file, and one that evicts", () => {
        const shape = { shards: 3, replicasPerShard: 1, memory: "2Gi" };
        assert.deepEqual(instancesOf(configOf("gcp", "prod")), [
            { name: "valkey-state", ...shape, eviction: "noeviction", appendOnly: true },
            { name: "valkey-cache", ...shape, eviction: "allkeys-lru", appendOnly: false },
        ]);
    });

    it("have members with names and places of their own, masters first", () => {
        const [state] = instancesOf(configOf("aws", "prod"));
        const member = (shard: number, index: number, letter: string, place: number) => ({
            shard,
            member: index,
            name: `valkey-state-${shard}-${letter}`,
            host: `valkey-state-${shard}-${letter}-0.valkey-state-nodes.cache.svc.cluster.local`,
            place,
        });
        assert.deepEqual(membersOf(state!), [
            member(0, 0, "a", 0),
            member(1, 0, "a", 1),
            member(2, 0, "a", 2),
            member(0, 1, "b", 1),
            member(1, 1, "b", 2),
            member(2, 1, "b", 0),
        ]);
        assert.deepEqual(
            instancesOf(configOf("existing", "dev")).flatMap((one) => membersOf(one).map(({ name }) => name)),
            ["valkey-state-0-a", "valkey-cache-0-a"],
        );
    });

    it("divide all slots among the shards, without gap or overlap", () => {
        assert.deepEqual(
            [0, 1, 2].map((shard) => slotsOf(shard, 3)),
            [
                [0, 5460],
                [5461, 10921],
                [10922, 16383],
            ],
        );
        assert.deepEqual(slotsOf(0, 1), [0, 16383]);
        const seven = Array.from({ length: 7 }, (_, shard) => slotsOf(shard, 7));
        seven.forEach(([first], index) => {
            assert.equal(first, index === 0 ? 0 : seven[index - 1]![1] + 1);
        });
        assert.equal(seven[6]![1], 16383);
    });
});

describe("the pods of the caches", () => {
    it("are named one by one for clients that hash over them", () => {
        assert.deepEqual(memcachedHosts(configOf("gcp", "staging")), [
            "memcached-0.memcached-nodes.cache.svc.cluster.local",
            "memcached-1.memcached-nodes.cache.svc.cluster.local",
        ]);
    });

    it("have the resources of their containers together", () => {
        assert.deepEqual(podResources("2Gi", 2), {
            requests: { cpu: "170m", memory: "2112Mi" },
            limits: { cpu: "1200m", memory: "2176Mi" },
        });
    });
});
