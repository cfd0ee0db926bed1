import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { buildTool } from "../../tools/toolchain/build";
import { withLock } from "../../tools/toolchain/lock";
import { plannedPath, toolPath } from "../../tools/toolchain/paths";
import { duration, progressOn } from "../../tools/toolchain/progress";
import { selectTools, type Tool } from "../../tools/toolchain/tools";
import { FakeGo } from "./fake-go";

const [etcd] = selectTools(["etcd"]) as readonly [Tool];

/** A screen that remembers. */
function recorder(isTTY = false): { write: (text: string) => void; isTTY: boolean; text: () => string } {
    const texts: string[] = [];
    return { isTTY, write: (text) => texts.push(text), text: () => texts.join("") };
}

describe("toolchain build", () => {
    let go: FakeGo;
    beforeEach(() => {
        go = new FakeGo();
    });
    afterEach(() => {
        go.remove();
    });

    it("builds once, then skips", async () => {
        const screen = recorder();
        const context = { env: go.env(), progress: progressOn(screen, {}) };
        const path = await buildTool(etcd, context);
        assert.equal(await buildTool(etcd, context), path);
        assert.equal(toolPath("etcd", go.env()), path);
        assert.equal(readFileSync(path, "utf8"), "whole");
        assert.deepEqual(readdirSync(dirname(path)), ["etcd"]);
        assert.equal(go.builds().length, 1);
        assert.match(
            go.builds().join(),
            /^build -v -trimpath -buildvcs=false -mod=readonly -ldflags -s -w -o \S+\/\.etcd\.partial-\d+ go\.etcd\.io\/etcd\/server\/v3$/,
        );
        assert.match(screen.text(), /^etcd v\S+: building, .*\netcd v\S+ built in 0 s\netcd v\S+ is there\n$/);
    });

    it("builds once for two runs at the same time", async () => {
        const screen = recorder();
        const context = { env: go.env({ FAKE_GO_PAUSE: "0.3" }), progress: progressOn(screen, {}) };
        const [first, second] = await Promise.all([buildTool(etcd, context), buildTool(etcd, context)]);
        assert.equal(first, second);
        assert.equal(go.builds().length, 1);
        assert.match(screen.text(), /etcd v\S+: another run is building it, waiting for that\n/);
    });

    it("shows the end of a failure and the next step, and leaves nothing half done", async () => {
        const env = go.env({ FAKE_GO_FAILURE: "etcdmain/etcd.go:7:2: undefined: nothing" });
        await assert.rejects(buildTool(etcd, { env, progress: progressOn(recorder(), {}) }), {
            message:
                `etcd ${etcd.version} was not built: \`go build go.etcd.io/etcd/server/v3\` ended with 1 after 0 s.\n` +
                "The end of what it said:\n    etcdmain/etcd.go:7:2: undefined: nothing\n" +
                "Mend tests/toolchain/etcd/go.mod or the row in tools/toolchain/tools.ts, " +
                "then run: npm run toolchain -- etcd",
        });
        assert.deepEqual(readdirSync(dirname(plannedPath(etcd, env))), []);
    });

    it("tells a network that fails from sources that fail", async () => {
        const env = go.env({
            FAKE_GO_FAILURE: "go: example.org/one@v1.0.0: dial tcp: lookup example.org: no such host",
        });
        const build = buildTool(etcd, { env, progress: progressOn(recorder(), {}) });
        await assert.rejects(
            build,
            /\nGo could not fetch a module: check the network and `go env GOPROXY`, then run: /,
        );
    });

    it("leaves nothing when it is stopped, and clears what a killed run left", async () => {
        const env = go.env({ FAKE_GO_PAUSE: "0.5" });
        const folder = dirname(plannedPath(etcd, env));
        const abort = new AbortController();
        const build = buildTool(etcd, { env, progress: progressOn(recorder(), {}), signal: abort.signal });
        await sleep(200);
        assert(readdirSync(folder).includes(".etcd.lock"));
        abort.abort();
        await assert.rejects(build, { name: "AbortError" });
        assert.deepEqual(readdirSync(folder), []);

        writeFileSync(join(folder, ".etcd.partial-1"), "half");
        await buildTool(etcd, { env: go.env(), progress: progressOn(recorder(), {}) });
        assert.deepEqual(readdirSync(folder), ["etcd"]);
    });

    it("takes over a lock that shows no sign of life, and only such a one", async () => {
        const env = go.env();
        await buildTool(etcd, { env, progress: progressOn(recorder(), {}) });
        const lock = join(dirname(plannedPath(etcd, env)), "some.lock");
        const options = { beatMs: 10, staleMs: 100 };
        const order: string[] = [];
        const long = withLock(lock, options, async () => {
            // Three times longer than staleMs: the beats keep it.
            await sleep(300);
            order.push("first");
        });
        await withLock(lock, options, () => Promise.resolve(order.push("second")));
        await long;
        assert.deepEqual(order, ["first", "second"]);

        writeFileSync(lock, "of a process that was killed");
        utimesSync(lock, new Date(0), new Date(0));
        await withLock(lock, options, () => Promise.resolve(order.push("third")));
        assert.equal(order.at(-1), "third");
    });
});

describe("toolchain command", () => {
    const main = join(__dirname, "../../tools/toolchain/main.ts");
    const run = (...args: string[]): { status: number | null; stdout: string; stderr: string } =>
        spawnSync(process.execPath, ["--require", "tsx/cjs", main, ...args], { env: go.env(), encoding: "utf8" });
    let go: FakeGo;
    beforeEach(() => {
        go = new FakeGo();
    });
    afterEach(() => {
        go.remove();
    });

    it("builds what is named and keeps standard output free", () => {
        const { status, stdout, stderr } = run("etcd");
        assert.deepEqual([status, stdout, go.builds().length], [0, "", 1], stderr);
        assert.match(stderr, /\n1 of 1 ready in .*toolchain\n$/);
    });

    it("prints names and paths without building", () => {
        const { status, stdout } = run("etcd", "--print");
        assert.deepEqual([status, stdout], [0, `etcd\t${plannedPath(etcd, go.env())}\n`]);
        assert.deepEqual(go.builds(), []);
    });

    it("refuses what it does not know", () => {
        assert.deepEqual([run("trivy").status, run("--prnt").status], [1, 1]);
        assert.deepEqual(go.builds(), []);
    });
});

describe("toolchain progress", () => {
    it("writes plain lines to a log, a status at most every half minute", () => {
        const screen = recorder();
        let time = 0;
        const progress = progressOn(screen, {}, () => time);
        progress.success("started");
        progress.status("too soon");
        time = 30_000;
        progress.status("still at it");
        assert.equal(screen.text(), "started\nstill at it\n");
    });

    it("overwrites the status on a terminal, without colour under NO_COLOR", () => {
        const clear = "\r\u001b[2K";
        const coloured = recorder(true);
        const progress = progressOn(coloured, {});
        progress.status("at it");
        progress.success("done");
        assert.equal(coloured.text(), `${clear}at it${clear}\u001b[32mdone\u001b[0m\n`);
        const plain = recorder(true);
        progressOn(plain, { NO_COLOR: "1" }).success("done");
        assert.equal(plain.text(), `${clear}done\n`);
    });

    it("says durations as people do", () => {
        assert.deepEqual([duration(400), duration(42_000), duration(185_000)], ["0 s", "42 s", "3 min 5 s"]);
    });
});
