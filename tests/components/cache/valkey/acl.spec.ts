import assert from "node:assert/strict";

import { aclLine, backupUsers, defaultUser, platformUsers, serviceUser } from "../../../../components/cache/valkey/acl";
import { declaredOf, configOf } from "../../layers";

describe("users of the Valkey clusters (SC-07)", () => {
    const { graph } = declaredOf(configOf("gcp", "prod"));
    const connection =
        "ping hello client|setname client|id cluster|slots cluster|shards cluster|nodes cluster|info cluster|myid asking readonly readwrite";
    const data =
        "get mget exists ttl pttl type strlen hget hmget hgetall hexists hlen hkeys hvals " +
        "set setex psetex getex getdel mset del unlink incr incrby decr decrby " +
        "expire pexpire expireat pexpireat persist hset hsetnx hdel hincrby multi exec discard watch unwatch";
    const user = (name: string, keys: readonly string[]) => ({
        name,
        keys,
        commands: `${connection}${keys.length === 0 ? "" : ` ${data}`}`.split(" "),
    });

    it("are the services that call them, each with the keys of its own caches (CA-04, CA-06 to CA-08)", () => {
        assert.deepEqual(graph.storeCallers("valkey-state").map(serviceUser), [
            user("user", ["sessions:*"]),
            user("order", ["carts:*"]),
        ]);
        assert.deepEqual(graph.storeCallers("valkey-cache").map(serviceUser), [
            user("product", ["search-results:*", "popular-products:*"]),
            { name: "cache-warm", keys: ["popular-products:*"], commands: [...connection.split(" "), "setex"] },
        ]);
    });

    it("that have no cached data there can connect, and use no key", () => {
        const [product] = graph.storeCallers("valkey-cache");
        assert.deepEqual(serviceUser({ ...product!, workload: "review", caches: [] }), user("review", []));
    });

    it("that only read have no command that writes", () => {
        const reader = serviceUser({ ...graph.storeCallers("valkey-state")[0]!, access: "read" });
        assert.deepEqual(reader.commands.slice(12).join(" "), data.split(" set ")[0]);
    });

    it("of the platform read no data", () => {
        assert.deepEqual(
            Object.values(platformUsers).map(({ name, keys, commands }) => [name, keys, commands.join(" ")]),
            [
                [
                    "operator",
                    [],
                    "ping info acl|load config|set cluster|info cluster|nodes cluster|meet cluster|addslotsrange cluster|replicate cluster|failover cluster|forget",
                ],
                ["replication", [], "psync replconf ping"],
                [
                    "metrics",
                    [],
                    "ping info client|setname config|get cluster|info latency|latest latency|histogram slowlog|get slowlog|len",
                ],
            ],
        );
    });

    it("that copy the keys read none by a command, and those that restore them read none at all (BK-06)", () => {
        assert.deepEqual(
            Object.values(backupUsers).map(({ name, keys, commands }) => [name, keys, commands.join(" ")]),
            [
                ["backup", [], "ping info cluster|info cluster|nodes psync replconf sync"],
                ["restore", ["*"], "ping info select cluster|info cluster|nodes restore"],
            ],
        );
    });

    it("are written with the hash of a password, and nothing besides their rules", () => {
        assert.equal(
            aclLine({ name: "order", keys: ["carts:*"], commands: ["get", "set"] }, "ab12"),
            "user order reset on #ab12 resetchannels ~carts:* -@all +get +set\n",
        );
        assert.equal(defaultUser, "user default reset off -@all\n");
    });
});
