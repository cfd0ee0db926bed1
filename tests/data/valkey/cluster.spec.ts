import assert from "node:assert/strict";

import { until } from "../harness/until";
import { configOf } from "../../components/layers";
import type { RunningMember } from "./client";
import { Servers } from "./servers";
import { peerCertificate, withoutCertificate } from "./tls";

/** The rendered cluster of sessions and carts of prod, as six processes. Proof code K; rows CA-01, CA-04, CA-06. */
describe("valkey-state of prod", () => {
    const servers = new Servers(configOf("gcp", "prod"), "valkey-state");
    const member = (name: string): RunningMember => servers.members.find((one) => one.name === name)!;
    const operator = (one: RunningMember, ...args: string[]) => servers.cli(one, "operator", args);
    /** Slots, links and roles by name, as one member sees them. */
    const view = async (from: RunningMember): Promise<Record<string, string>> => {
        const { output } = await operator(from, "CLUSTER", "NODES");
        const entries = output.split("\n").map((line) => {
            const [, at = "", flags = "", , , , , link = "", ...slots] = line.split(" ");
            const name = at.split(",")[1]?.split("-0.")[0] ?? at;
            const role = flags.includes("master") ? "master" : "replica";
            const state = /fail|noaddr/.test(flags) ? "failed" : link;
            return [name, [role, state, ...slots].join(" ")];
        });
        return Object.fromEntries(entries) as Record<string, string>;
    };
    const home = {
        "valkey-state-0-a": "master connected 0-5460",
        "valkey-state-0-b": "replica connected",
        "valkey-state-1-a": "master connected 5461-10921",
        "valkey-state-1-b": "replica connected",
        "valkey-state-2-a": "master connected 10922-16383",
        "valkey-state-2-b": "replica connected",
    };
    const formed = (from = servers.members[0]!) => servers.script(from, "formed.sh", { SHARDS: "3" });

    before(async () => {
        await servers.start();
    });

    after(async () => {
        await servers.end();
    });

    it("forms itself by the rendered scripts", async () => {
        const { code, output } = await formed();
        assert.equal(code, 0, output);
        await until("roles", async () => {
            assert.deepEqual(await view(member("valkey-state-2-b")), home);
        });
    });

    it("is unchanged by a second run of the scripts", async () => {
        const ids = async () =>
            (await operator(servers.members[0]!, "CLUSTER", "NODES")).output.match(/^[0-9a-f]{40}/gm);
        const before = [...((await ids()) ?? [])].sort();
        for (const one of servers.members) {
            await servers.restartHealing(one);
        }
        assert.equal((await formed()).output.split("\n").pop(), "formed: 3 masters, 3 replicas");
        assert.deepEqual([...((await ids()) ?? [])].sort(), before);
        assert.deepEqual(await view(servers.members[0]!), home);
    });

    it("is ready and alive by the rendered probes", async () => {
        for (const one of servers.members) {
            assert.deepEqual(await servers.script(one, "ready.sh"), { code: 0, output: "" });
            assert.deepEqual(await servers.script(one, "alive.sh"), { code: 0, output: "" });
        }
    });

    it("listens on its own address with TLS only", async () => {
        const [first] = servers.members;
        assert.deepEqual(
            servers.members.flatMap(({ name }) => servers.run.outside(name)),
            [],
        );
        assert.match((await servers.plaintext(first!, ["PING"])).output, /closed the connection|reset by peer/);
    });

    it("refuses a certificate of another authority, and a client without one", async () => {
        const [first] = servers.members;
        const { output } = await servers.cli(first!, "operator", ["PING"], servers.foreign());
        assert.match(output, /certificate|SSL|closed/i);
        assert.equal((await servers.cli(first!, "operator", ["PING"])).output, "PONG");
        await assert.rejects(withoutCertificate(first!.address), /certificate required|ECONNRESET|alert/);
    });

    it("keeps acknowledged carts when a master is killed, and answers again within 30 s", async () => {
        const carts = await servers.client("order");
        try {
            const lost = member("valkey-state-1-a");
            for (let cart = 0; cart < 300; cart += 1) {
                await carts.setex(`carts:${cart}`, 604_800, `cart ${cart}`);
            }
            // What a client knows to be stored: on the master and on its replica.
            const written = await servers.cli(lost, "operator", ["INFO", "replication"]);
            assert.match(written.output, /connected_slaves:1/);
            await until("replicas have all carts", async () => {
                const { output } = await servers.cli(lost, "operator", ["INFO", "replication"]);
                const [, own] = /master_repl_offset:(\d+)/.exec(output) ?? [];
                assert.match(output, new RegExp(`slave0:.*offset=${own},`));
            });
            await servers.kill(lost);
            const slot1 = Array.from({ length: 300 }, (_, cart) => `carts:${cart}`);
            const took = await until(
                "all carts",
                async () => {
                    for (const key of slot1) {
                        assert.equal(await carts.get(key), `cart ${key.slice(6)}`);
                        await carts.expire(key, 604_800);
                    }
                },
                30_000,
            );
            console.log(`      carts of the lost master answer after ${took} ms`);
            assert.ok(took < 30_000);
            assert.match((await view(servers.members[0]!))["valkey-state-1-b"] ?? "", /^master connected 5461-10921$/);
        } finally {
            carts.disconnect();
        }
    });

    it("takes the member back, and returns its shard to it", async () => {
        await servers.startMember(member("valkey-state-1-a"));
        const took = await until("home", async () => {
            assert.deepEqual(await view(servers.members[0]!), home);
        });
        console.log(`      the shard is at home again after ${took} ms`);
    });

    it("fails over before a stop, without waiting for a timeout", async () => {
        const leaving = member("valkey-state-2-a");
        const start = Date.now();
        assert.deepEqual(await servers.script(leaving, "stop.sh"), { code: 0, output: "" });
        const took = Date.now() - start;
        assert.match((await view(leaving))["valkey-state-2-b"] ?? "", /^master connected/);
        assert.ok(took < 10_000, `${took} ms`);
        await until("home", async () => {
            assert.deepEqual(await view(servers.members[0]!), home);
        });
    });

    it("heals when every member comes back with another address", async () => {
        for (const one of servers.members) {
            await servers.kill(one);
        }
        servers.moveAll();
        for (const one of servers.members) {
            await servers.startMember(one);
        }
        const took = await until("home", async () => {
            assert.deepEqual(await view(servers.members[0]!), home);
        });
        console.log(`      healed after ${took} ms`);
        const carts = await servers.client("order");
        try {
            for (let cart = 0; cart < 300; cart += 1) {
                assert.equal(await carts.get(`carts:${cart}`), `cart ${cart}`);
            }
        } finally {
            carts.disconnect();
        }
    });

    it("takes in a member that lost its volume, and forgets its old identity", async () => {
        const lost = member("valkey-state-0-a");
        await servers.kill(lost);
        await until("failover", async () => {
            assert.match(
                (await view(member("valkey-state-2-a")))["valkey-state-0-b"] ?? "",
                /^master connected 0-5460$/,
            );
        });
        servers.loseVolume(lost);
        await servers.startMember(lost);
        await until(
            "home",
            async () => {
                assert.deepEqual(await view(member("valkey-state-2-a")), home);
                const { output } = await operator(member("valkey-state-2-a"), "CLUSTER", "NODES");
                assert.equal(output.split("\n").length, 6, output);
            },
            120_000,
        );
        const carts = await servers.client("order");
        try {
            for (let cart = 0; cart < 300; cart += 1) {
                assert.equal(await carts.get(`carts:${cart}`), `cart ${cart}`);
            }
        } finally {
            carts.disconnect();
        }
    });

    it("uses a renewed certificate and a new password without a restart", async () => {
        const one = member("valkey-state-1-b");
        const serial = async () => (await peerCertificate(one.address, servers.tlsFolder())).serialNumber;
        const old = await serial();
        servers.renew(one);
        servers.rotate(one, "order", "rotated");
        await until("reload", async () => {
            assert.notEqual(await serial(), old);
        });
        assert.match((await servers.cli(one, "order", ["PING"])).output, /WRONGPASS|NOAUTH/);
        assert.equal((await servers.cli(one, "order", ["PING"], "client", "rotated")).output, "PONG");
    });
});
