import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { configOf } from "../../components/layers";
import { until } from "../harness/until";
import { CopyJobs } from "./copy-job";
import { Servers } from "./servers";

/**
 * The rendered jobs of prod on both clouds' buckets against the rendered cluster; the buckets are folders behind the clouds'
 * names of functions. Rows BK-06, CA-06.
 */
describe("the backup of valkey-state", () => {
    const servers = new Servers(configOf("aws", "prod"), "valkey-state");
    const jobs = new CopyJobs(servers);
    const files = (path: string) => readdirSync(join(jobs.bucket, "backups", path)).sort();
    const operator = (address: string, ...args: string[]) =>
        servers.cli(
            servers.members.find((one) => one.address === address)!,
            "operator",
            args,
        );
    /** Keys that the masters have. */
    const keys = async (): Promise<number> => {
        const counts = await Promise.all(
            servers.members.map(async ({ address }) => {
                const { output } = await operator(address, "INFO");
                return /role:master/.test(output) ? Number(/keys=(\d+)/.exec(output)?.[1] ?? 0) : 0;
            }),
        );
        return counts.reduce((sum, count) => sum + count, 0);
    };
    const carts = Array.from({ length: 300 }, (_, cart) => [`carts:${cart}`, `cart ${cart} of café`] as const);

    before(async () => {
        await servers.start();
        assert.equal((await servers.script(servers.members[0]!, "formed.sh", { SHARDS: "3" })).code, 0);
        const client = await servers.client("order");
        for (const [key, value] of carts) {
            await client.setex(key, 600_000, value);
        }
        await client.hset("carts:hash", { first: "1", second: "two" });
        await client.setex("carts:short", 8, "expires before the restore");
        client.disconnect();
        await until("replicas have all keys", async () => {
            for (const { address } of servers.members) {
                const { output } = await operator(address, "INFO", "replication");
                assert.match(output, /master_link_status:up|slave0:.*lag=[01]/);
            }
        });
    });

    after(async () => {
        await servers.end();
    });

    it("copies each shard from its replica, and uploads the manifest with the files' sums", async () => {
        const [copied, uploaded] = await jobs.run("backup");
        assert.equal(copied?.code, 0, copied?.output);
        assert.equal(uploaded?.code, 0, uploaded?.output);
        const [name = ""] = files("valkey-state");
        assert.match(name, /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ$/);
        const shards = ["shard-0.rdb", "shard-10922.rdb", "shard-5461.rdb"];
        assert.deepEqual(files(`valkey-state/${name}`), ["manifest", ...shards]);
        const folder = join(jobs.bucket, "backups", "valkey-state", name);
        const manifest = readFileSync(join(folder, "manifest"), "utf8").trim().split("\n");
        const parts = manifest.map((line) => line.split(" "));
        assert.deepEqual(parts.map(([file]) => file).sort(), shards);
        assert.equal(
            parts.reduce((sum, [, count]) => sum + Number(count), 0),
            302,
        );
        for (const [file = "", , sum] of parts) {
            assert.equal(
                createHash("sha256")
                    .update(readFileSync(join(folder, file)))
                    .digest("hex"),
                sum,
            );
        }
        for (const member of servers.members) {
            const { output } = await operator(member.address, "INFO", "commandstats");
            const syncs = Number(/cmdstat_sync:calls=(\d+)/.exec(output)?.[1] ?? 0);
            assert.equal(syncs, member.member === 1 ? 1 : 0, `${member.name} was copied ${syncs} times`);
        }
    });

    it("restores every key, its value and its lifetime into an emptied cluster", async () => {
        const client = await servers.client("order");
        try {
            const lifetime = await client.pttl("carts:7");
            const before = Date.now();
            await client.unlink("carts:hash");
            for (const [key] of carts) {
                await client.unlink(key);
            }
            await until(
                "the short cart is gone",
                async () => {
                    assert.equal(await keys(), 0);
                },
                20_000,
            );
            rmSync(jobs.folder, { recursive: true });
            const [downloaded, restored] = await jobs.run("restore");
            assert.equal(downloaded?.code, 0, downloaded?.output);
            assert.equal(restored?.code, 0, restored?.output);
            assert.equal(await keys(), 301);
            for (const [key, value] of carts) {
                assert.equal(await client.get(key), value);
            }
            assert.deepEqual(await client.hgetall("carts:hash"), { first: "1", second: "two" });
            assert.equal(await client.ttl("carts:hash"), -1);
            const passed = lifetime - (await client.pttl("carts:7"));
            assert.ok(Math.abs(passed - (Date.now() - before)) < 2000, `${passed} ms`);
            assert.equal(await client.get("carts:short"), null);
            // Keys of sessions are secrets.
            assert.doesNotMatch(restored.output, /carts:/);
        } finally {
            client.disconnect();
        }
    });

    it("replaces keys that changed since, and leaves others", async () => {
        const client = await servers.client("order");
        try {
            await client.set("carts:7", "changed");
            await client.setex("carts:new", 600, "new");
            const results = await jobs.run("restore");
            assert.deepEqual(
                results.map(({ code }) => code),
                [0, 0],
            );
            assert.deepEqual([await client.get("carts:7"), await client.get("carts:new")], ["cart 7 of café", "new"]);
        } finally {
            client.disconnect();
        }
    });

    it("restores no damaged file", async () => {
        const [name = ""] = files("valkey-state");
        const path = join(jobs.bucket, "backups", "valkey-state", name, "shard-0.rdb");
        const intact = readFileSync(path);
        const damaged = Buffer.from(intact);
        damaged[damaged.length >> 1]! ^= 1;
        writeFileSync(path, damaged);
        const [downloaded, restored] = await jobs.run("restore");
        assert.equal(downloaded?.code, 0);
        assert.deepEqual(restored, { code: 1, output: "shard-0.rdb is damaged" });
        writeFileSync(path, intact);
    });

    it("uploads nothing when a shard has no master", async () => {
        const before = files("valkey-state");
        const [lost, alive] = [true, false].map((first) =>
            servers.members.filter(({ shard }) => (shard === 0) === first),
        );
        for (const one of lost ?? []) {
            await servers.kill(one);
        }
        await until(
            "the shard is lost",
            async () => {
                for (const { address } of alive ?? []) {
                    assert.doesNotMatch((await operator(address, "CLUSTER", "INFO")).output, /slots_ok:16384/);
                }
            },
            30_000,
        );
        rmSync(jobs.folder, { recursive: true });
        const results = await jobs.run("backup");
        assert.deepEqual(results, [{ code: 1, output: "no member sees a cluster with all slots" }]);
        assert.deepEqual(files("valkey-state"), before);
    });

    it("gives the users of the two jobs no command on a key but its restore", async () => {
        const member = servers.members.find(({ shard }) => shard === 1)!;
        const refused = async (user: string, ...args: string[]) =>
            /NOPERM/.test((await servers.cli(member, user, args)).output);
        for (const user of ["backup", "restore"]) {
            for (const command of ["GET carts:1", "SET carts:1 x", "DUMP carts:1", "DEL carts:1", "KEYS *", "SCAN 0"]) {
                assert.ok(await refused(user, ...command.split(" ")), `${user}: ${command}`);
            }
        }
        assert.ok(await refused("backup", "RESTORE", "carts:1", "0", "x"));
        assert.ok(await refused("restore", "PSYNC", "?", "-1"));
    });
});
