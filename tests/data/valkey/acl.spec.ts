import assert from "node:assert/strict";

import { configOf } from "../../components/layers";
import { until } from "../harness/until";
import { Servers } from "./servers";

/** What a service does with the keys of its caches, each command as it would send it. */
const needed = (key: string): readonly string[] => [
    `SETEX ${key} 60 value`,
    `SET ${key} value EX 60`,
    `GET ${key}`,
    `GETEX ${key} EX 60`,
    `MGET ${key}`,
    `EXISTS ${key}`,
    `TTL ${key}`,
    `EXPIRE ${key} 60`,
    `TYPE ${key}`,
    `DEL ${key}`,
    `HSET ${key} product 2`,
    `HINCRBY ${key} product 1`,
    `HGETALL ${key}`,
    `HDEL ${key} product`,
    `UNLINK ${key}`,
    "CLUSTER SLOTS",
    "CLUSTER SHARDS",
    "READONLY",
    "READWRITE",
    "CLIENT SETNAME service",
    "PING",
];

/** What no service may do, also with its own keys. */
const refused = (key: string): readonly string[] => [
    "KEYS *",
    "SCAN 0",
    "FLUSHALL",
    "FLUSHDB",
    "CONFIG GET *",
    "CONFIG SET maxmemory 0",
    "ACL LIST",
    "ACL WHOAMI",
    "INFO",
    "MONITOR",
    "SHUTDOWN NOSAVE",
    "SAVE",
    "BGSAVE",
    "REPLICAOF NO ONE",
    "REPLCONF listening-port 1",
    "CLUSTER RESET",
    "CLUSTER FAILOVER",
    "CLUSTER MEET 127.0.0.1 6379",
    `RESTORE ${key} 0 value`,
    `MIGRATE 127.0.0.1 6379 ${key} 0 10`,
    `DUMP ${key}`,
    `SORT ${key} STORE ${key}`,
    `EVAL return(1) 1 ${key}`,
    "FUNCTION LIST",
    "CLIENT LIST",
    "CLIENT KILL TYPE normal",
    "PUBLISH channel text",
    "SUBSCRIBE channel",
];

const users: Readonly<Record<"valkey-state" | "valkey-cache", Readonly<Record<string, readonly string[]>>>> = {
    "valkey-state": { user: ["sessions:1"], order: ["carts:1"] },
    "valkey-cache": { product: ["search-results:1", "popular-products:1"] },
};
const foreign = ["sessions:1", "carts:1", "search-results:1", "popular-products:1", "other", "carts"];

/** Every user of both clusters on real servers, and full memory. Proof code K; rows CA-06 to CA-08, SC-07. */
for (const instance of ["valkey-state", "valkey-cache"] as const) {
    describe(`${instance} of dev`, () => {
        const servers = new Servers(configOf("existing", "dev"), instance);
        const send = async (user: string, commands: readonly string[]) =>
            (await servers.batch(servers.members[0]!, user, commands)).map((reply) => reply.slice(0, 200));

        before(async () => {
            await servers.start();
            await until("formed", async () => {
                assert.equal((await servers.script(servers.members[0]!, "formed.sh", { SHARDS: "1" })).code, 0);
            });
        });

        after(async () => {
            await servers.end();
        });

        it("owns every slot with its one master", async () => {
            const { output } = await servers.cli(servers.members[0]!, "operator", ["CLUSTER", "INFO"]);
            assert.match(output, /cluster_state:ok/);
            assert.match(output, /cluster_slots_ok:16384/);
            assert.match(output, /cluster_known_nodes:1/);
        });

        for (const [user, keys] of Object.entries(users[instance])) {
            it(`lets ${user} do what it needs, and nothing else`, async () => {
                for (const key of keys) {
                    const commands = needed(key);
                    const replies = await send(user, commands);
                    assert.deepEqual(
                        commands.filter((_, index) => /NOPERM|ERR/.test(replies[index] ?? "NOPERM")),
                        [],
                        replies.join("\n"),
                    );
                }
                const others = foreign.filter((key) => !keys.includes(key));
                const forbidden = [
                    ...others.flatMap((key) => [`GET ${key}`, `SET ${key} value`, `DEL ${key}`]),
                    ...refused(keys[0] ?? "other"),
                ];
                const replies = await send(user, forbidden);
                assert.deepEqual(
                    forbidden.filter((_, index) => !/^NOPERM/.test(replies[index] ?? "")),
                    [],
                    replies.join("\n"),
                );
            });
        }

        it("lets the platform's users read and write no key", async () => {
            for (const user of ["operator", "replication", "metrics"]) {
                const commands = [
                    "GET carts:1",
                    "SET carts:1 value",
                    "KEYS *",
                    "FLUSHALL",
                    "ACL LIST",
                    "CLUSTER RESET",
                ];
                assert.deepEqual(
                    (await send(user, commands)).filter((reply) => !reply.startsWith("NOPERM")),
                    [],
                    user,
                );
            }
            assert.deepEqual(await send("metrics", ["PING", "CLUSTER INFO"]).then(([pong]) => pong), "PONG");
        });

        it("refuses a wrong password, another user's password, and no user", async () => {
            const [one] = servers.members;
            const [user = ""] = Object.keys(users[instance]);
            for (const password of ["wrong", servers.password("operator")]) {
                assert.match((await servers.cli(one!, user, ["PING"], "client", password)).output, /WRONGPASS|NOAUTH/);
            }
            assert.match((await servers.cli(one!, "default", ["PING"])).output, /WRONGPASS|NOAUTH/);
        });

        it(
            instance === "valkey-state"
                ? "refuses writes when memory is full, and evicts nothing"
                : "evicts when memory is full",
            async () => {
                const [user = "", keys] = Object.entries(users[instance])[0] ?? [];
                const prefix = keys?.[0]?.split(":")[0] ?? "";
                const client = await servers.client(user);
                try {
                    const value = "x".repeat(2 ** 20);
                    await client.set(`${prefix}:first`, "kept");
                    // 200 MiB into 128 or 153 MiB.
                    const results: boolean[] = [];
                    for (let index = 0; index < 200; index += 1) {
                        const done = await client.set(`${prefix}:fill-${index}`, value).then(
                            () => true,
                            (error: unknown) => {
                                assert.match(String(error), /OOM command not allowed when used memory > 'maxmemory'/);
                                return false;
                            },
                        );
                        results.push(done);
                    }
                    const stored = results.filter(Boolean).length;
                    const present = await Promise.all(
                        results.map((_, index) => client.exists(`${prefix}:fill-${index}`)),
                    );
                    const kept = present.filter((one) => one === 1).length;
                    const { output } = await servers.cli(servers.members[0]!, "operator", ["INFO", "stats"]);
                    const evicted = Number(/evicted_keys:(\d+)/.exec(output)?.[1]);
                    console.log(`      ${stored} of 200 MiB written, ${kept} kept, ${evicted} keys evicted`);
                    if (instance === "valkey-state") {
                        assert.ok(stored > 80 && stored < 128, `${stored}`);
                        assert.deepEqual([kept, evicted], [stored, 0]);
                        assert.equal(await client.get(`${prefix}:first`), "kept");
                        // Room again as soon as something is deleted.
                        await client.del(`${prefix}:fill-0`);
                        await client.del(`${prefix}:fill-1`);
                        assert.equal(await client.set(`${prefix}:small`, "fits"), "OK");
                    } else {
                        assert.equal(stored, 200);
                        assert.ok(kept < 153 && kept > 90 && evicted >= 200 - kept, `${kept} ${evicted}`);
                        // The last written, which is the most recently used.
                        assert.equal(await client.exists(`${prefix}:fill-199`), 1);
                    }
                } finally {
                    client.disconnect();
                }
            },
        );
    });
}
