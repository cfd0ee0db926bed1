import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { type AddressInfo, connect, createServer } from "node:net";

import { databaseRole } from "../../../catalog/database";
import { configOf } from "../../components/layers";
import { program } from "../harness/programs";
import { until } from "../harness/until";
import { Servers } from "./servers";
import { WarmJob } from "./warm-job";

const most = 200;
const id = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, "0")}`;
const key = (n: number) => `popular-products:${id(n)}`;
/** Product n has n pieces sold; the least sold of 250 are not among the first 200. */
const sold = Array.from({ length: 250 }, (_, index) => index + 1);
const popular = sold.slice(250 - most);
const name = (n: number) => (n === 250 ? `"Café" 50 % off\\n, it's\tnew 漢字` : `Product ${n}`);

/** The rendered job of prod against PostgreSQL with the schema and the rendered cluster of six. Rows CA-08, CA-09, SV-13. */
describe("the warming of valkey-cache", () => {
    const config = configOf("existing", "prod", { jobs: { cacheWarm: { products: most } } });
    const servers = new Servers(config, "valkey-cache");
    const job = new WarmJob(servers, config);
    const operator = (address: string, ...args: string[]) =>
        servers.cli(
            servers.members.find((one) => one.address === address)!,
            "operator",
            args,
        );
    /** What the product service reads: value and seconds left of each key. */
    const cached = async (numbers: readonly number[]) => {
        const client = await servers.client("product");
        try {
            return await Promise.all(
                numbers.map(async (n) => ({ value: await client.get(key(n)), seconds: await client.ttl(key(n)) })),
            );
        } finally {
            client.disconnect();
        }
    };
    /** Lets the keys expire soon. */
    const shorten = async () => {
        const client = await servers.client("product");
        await Promise.all(popular.map((n) => client.expire(key(n), 300)));
        client.disconnect();
    };
    const fresh = (all: readonly { readonly seconds: number }[]) =>
        all.filter(({ seconds }) => seconds > 1730 && seconds <= 1800).length;

    before(async () => {
        program("psql");
        await servers.start();
        assert.equal((await servers.script(servers.members[0]!, "formed.sh", { SHARDS: "3" })).code, 0);
        for (const { address } of servers.members) {
            // The names of the members have no DNS here; their certificates have their addresses too.
            await operator(address, "CONFIG", "SET", "cluster-preferred-endpoint-type", "ip");
        }
        await job.start();
    });

    after(async () => {
        await job.end();
        await servers.end();
    });

    it("writes nothing, and succeeds, while nothing was sold", async () => {
        assert.deepEqual(await job.run(), [
            { code: 0, output: "" },
            { code: 0, output: "0 of 0 keys written" },
        ]);
    });

    it("writes the most sold products to their shards, with what a page shows and 30 minutes to live", async () => {
        for (const n of sold) {
            await job.product(id(n), name(n), n);
        }
        // One order a product; of product 1, a cancelled one of many pieces, and one of long ago.
        const pieces = [
            ...sold.map((n) => [n, n, "paid", "1 day"] as const),
            [1, 9999, "cancelled", "1 day"] as const,
            [2, 9999, "paid", "8 days"] as const,
        ];
        for (const [n, quantity, status, ago] of pieces) {
            await job.order(id(n), quantity, status, ago);
        }
        const results = await job.run();
        assert.deepEqual(results, [
            { code: 0, output: "" },
            { code: 0, output: "200 of 200 keys written" },
        ]);
        const found = await cached(sold);
        assert.deepEqual(
            found.map(({ value }) => (value === null ? null : (JSON.parse(value) as unknown))),
            sold.map((n) =>
                n <= 50
                    ? null
                    : {
                          product_id: id(n),
                          category: "books",
                          name: name(n),
                          description: "",
                          price: n + 0.5,
                          attributes: { pages: n },
                          updated_at: "2026-11-22T08:00:00+00:00",
                      },
            ),
        );
        assert.equal(fresh(found), most);
        const keys = await Promise.all(
            servers.members
                .filter(({ member }) => member === 0)
                .map(async ({ address }) => Number(/keys=(\d+)/.exec((await operator(address, "INFO")).output)?.[1])),
        );
        assert.equal(
            keys.reduce((sum, count) => sum + count, 0),
            most,
        );
        assert.ok(
            keys.every((count) => count > 30),
            keys.join(" "),
        );
    });

    it("refreshes values and lifetimes with the next run", async () => {
        await shorten();
        await job.query(`UPDATE shop.products SET price = 7 WHERE product_id = '${id(60)}'`);
        assert.equal((await job.run()).at(-1)?.output, "200 of 200 keys written");
        const found = await cached(popular);
        assert.equal(fresh(found), most);
        assert.equal((JSON.parse(found[60 - 51]?.value ?? "{}") as { price: number }).price, 7);
    });

    it("has a user that writes these keys, reads none and writes no other", async () => {
        const [member] = servers.members;
        const reply = async (command: string) =>
            (await servers.batch(member!, "cache-warm", [command])).map((text) => text.split(" ")[0])[0];
        const own = key(200);
        for (const command of [
            ...["GET", "GETEX", "GETDEL", "TTL", "EXISTS", "STRLEN", "DEL", "UNLINK"].map((verb) => `${verb} ${own}`),
            ...[`SET ${own} x`, `SET ${own} x GET`, `MGET ${own}`, `EXPIRE ${own} 1`, `INCR ${own}`, `HGETALL ${own}`],
            ...["search-results:1", "sessions:1", "carts:1", "popular-products", "other"].flatMap((other) => [
                `SETEX ${other} 60 x`,
                `GET ${other}`,
            ]),
            ...["KEYS *", "SCAN 0", "FLUSHALL", "INFO", "CONFIG GET *", "ACL LIST", "MULTI", "EVAL return(1) 0"],
        ]) {
            assert.equal(await reply(command), "NOPERM", command);
        }
        const words = ["OK", "MOVED"];
        assert.ok(words.includes((await reply("SETEX popular-products:1 1 x")) ?? ""));
    });

    it("has a role that calls the function and reads no table", async () => {
        const role = databaseRole("cache-warm");
        const denied = { code: "42501" };
        const rows = await job.query<{ product_id: string }>("SELECT product_id FROM shop.popular_products(3)", role);
        assert.deepEqual(
            rows.map((row) => row.product_id),
            [id(250), id(249), id(248)],
        );
        for (const table of ["products", "orders", "order_items"]) {
            await assert.rejects(job.query(`SELECT FROM shop.${table}`, role), denied);
        }
        await assert.rejects(job.query("SELECT shop.create_month_partitions()", role), denied);
        await assert.rejects(job.query("SELECT shop.popular_products(1)", databaseRole("order")), denied);
        await assert.rejects(job.query("SELECT shop.popular_products(0)", role), /most is 0, give 1 to 10000/);
        await assert.rejects(job.query("SELECT shop.popular_products(1, 91)", role), /days is 91, give 1 to 90/);
    });

    it("writes nothing when the database does not answer or refuses the password", async () => {
        job.mount("postgres-ro", { password: "wrong" });
        const [refused, none] = await job.run();
        assert.match(refused?.output ?? "", /password authentication failed for user "cache_warm_service"/);
        assert.deepEqual([refused?.code, none], [2, undefined]);
        job.mount("postgres-ro", { password: "of-the-suite" });
        assert.equal((await job.run()).at(-1)?.output, "200 of 200 keys written");
    });

    it("checks the names of the servers' certificates", async () => {
        // The way to a member by an address that its certificate has not.
        const forward = createServer((client) => {
            const member = connect(6379, servers.members[0]!.address);
            [client, member].forEach((one) => one.on("error", () => undefined));
            client.pipe(member).pipe(client);
        });
        await new Promise<void>((resolve) => forward.listen(0, "127.0.0.1", resolve));
        const { port } = forward.address() as AddressInfo;
        const written = await job.write({ VALKEY_CACHE_NODES: `127.0.0.1:${port}`, GIVE_UP_SECONDS: "1" });
        forward.close();
        assert.equal(written.code, 1);
        assert.match(written.output, /^0 of 200 keys written/);
        assert.match(written.output, /IP address mismatch, certificate is not valid for '127\.0\.0\.1'/);
    });

    it("connects with a token of the node and the instance's authority, as to Memorystore", async () => {
        const all = (value: string) =>
            Promise.all(
                servers.members.map(({ address }) => operator(address, "CONFIG", "SET", "tls-auth-clients", value)),
            );
        await all("optional");
        await job.serveTokens(servers.password("cache-warm"));
        const folder = job.mount("google", {
            username: "cache-warm",
            "ca.crt": readFileSync(`${job.folder}/certificate/ca.crt`, "utf8"),
        });
        const managed = { VALKEY_CACHE_CREDENTIALS: folder, VALKEY_CACHE_CA: "credentials", CERTIFICATE: "/none" };
        // Only what the second container has: the first one reads its database as before.
        await shorten();
        const google = await job.write({ ...managed, VALKEY_CACHE_AUTH: "google-iam" });
        assert.deepEqual(google, { code: 0, output: "200 of 200 keys written" });
        assert.equal(fresh(await cached(popular)), most);
        await shorten();
        const system = { VALKEY_CACHE_CA: "system", CERTIFICATE: "/none" };
        const trusted = await job.write({ ...system, SSL_CERT_FILE: `${job.folder}/certificate/ca.crt` });
        assert.deepEqual(trusted, { code: 0, output: "200 of 200 keys written" });
        assert.equal(fresh(await cached(popular)), most);
        const other = await job.write({ ...system, GIVE_UP_SECONDS: "1" });
        assert.equal(other.code, 1);
        assert.match(other.output, /certificate verify failed/);
        await all("yes");
    });

    it("writes every key although a master dies, once its replica is promoted", async () => {
        await shorten();
        const master = servers.members.find(({ shard, member }) => shard === 1 && member === 0)!;
        await servers.kill(master);
        const start = Date.now();
        const results = await job.run();
        console.log(`      ${results.at(-1)?.output.split("\n")[0]} after ${Date.now() - start} ms`);
        assert.deepEqual(
            results.map(({ code }) => code),
            [0, 0],
        );
        assert.equal(fresh(await cached(popular)), most);
    });

    it("fails, with the number of keys, when a shard has no member left", async () => {
        await servers.kill(servers.members.find(({ shard, member }) => shard === 1 && member === 1)!);
        await until("the shard is lost", async () => {
            const alive = servers.members.find(({ shard }) => shard === 0)!;
            assert.doesNotMatch((await operator(alive.address, "CLUSTER", "INFO")).output, /slots_ok:16384/);
        });
        const [, written] = await job.run({ GIVE_UP_SECONDS: "5" });
        assert.equal(written?.code, 1);
        const count = Number(/^(\d+) of 200 keys written/.exec(written.output)?.[1]);
        assert.ok(count > 60 && count < 180, written.output);
    });
});
