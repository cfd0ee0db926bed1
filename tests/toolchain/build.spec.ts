import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { buildTool } from "../../tools/toolchain/build";
import { withLock } from "../../tools/toolchain/lock";
import { plannedPath, toolPath } from "../../tools/toolchain/paths";
import { duration, progressOn } from "../../tools/toolchain/progress";
import { selectTools, type Tool } from "../../tools/toolchain/tools";
import { FakeGo } from "./fake-go";

const [etcd] = selectTools(["etcd"]) as readonly [Tool];

/** A screen that records what is written. */
function recorder(isTTY = false): { write: (text: string) => void; isTTY: boolean; text: () => string } {
    const texts: string[] = [];
    return { isTTY, write: (text) => texts.push(text), text: () => texts.join("") };
}

async function until(condition: () => boolean): Promise<void> {
    const deadline = Date.now() + 30_000;
    while (!condition()) {
        assert(Date.now() < deadline, `not within 30 s: ${condition.toString()}`);
        await sleep(10);
    }
}

function makeStale(lock: string): void {
    utimesSync(lock, new Date(0), new Date(0));
}

describe("toolchain build", () => {
    let go: FakeGo;
    beforeEach(() => {
        go = new FakeGo();
    });
    afterEach(() => {
        go.remove();
    });

    it("builds once and skips the second build", async () => {
        const screen = recorder();
        const context = { env: go.env(), progress: progressOn(screen, {}) };
        const path = await buildTool(etcd, context);
        assert.equal(await buildTool(etcd, context), path);
        assert.equal(toolPath("etcd", go.env()), path);
        assert.equal(readFileSync(path, "utf8"), "whole");
        assert.deepEqual(readdirSync(dirname(path)), [".recipe", "etcd"]);
        assert.equal(go.builds().length, 1);
        assert.match(
            go.builds().join(),
            /^build -v -trimpath -buildvcs=false -mod=readonly -ldflags -s -w -o \S+\/\.etcd\.partial-\d+ go\.etcd\.io\/etcd\/server\/v3$/,
        );
        assert.match(
            screen.text(),
            /^etcd v\S+: building, .*\netcd v\S+ built in \d+ s\netcd v\S+ is already built\n$/,
        );
    });

    it("finds a built binary on a machine without go, for `npm run control-plane` too", async () => {
        const screen = recorder();
        const progress = progressOn(screen, {});
        const path = await buildTool(etcd, { env: go.env(), progress });
        assert.equal(toolPath("etcd", go.envWithoutGo()), path);
        assert.equal(await buildTool(etcd, { env: go.envWithoutGo(), progress }), path);
        assert.match(screen.text(), /etcd v\S+ is already built\n$/);
        // With another version of Go it is built again.
        assert.throws(() => toolPath("etcd", go.env({ FAKE_GO_VERSION: "go1.27.0" })), /is not built yet/);
    });

    it("finds no binary of another recipe, and no half-built one, without go", async () => {
        const path = await buildTool(etcd, { env: go.env(), progress: progressOn(recorder(), {}) });
        const missing = { message: /^etcd needs `go`, which is not on the PATH\. / };
        const recipe = join(dirname(path), ".recipe");
        writeFileSync(recipe, "another recipe");
        assert.throws(() => toolPath("etcd", go.envWithoutGo()), missing);
        rmSync(recipe);
        assert.throws(() => toolPath("etcd", go.envWithoutGo()), missing);
        // A binary of an earlier version of the toolchain gets its recipe on the next build.
        assert.equal(await buildTool(etcd, { env: go.env(), progress: progressOn(recorder(), {}) }), path);
        assert.equal(toolPath("etcd", go.envWithoutGo()), path);
        rmSync(path);
        assert.throws(() => toolPath("etcd", go.envWithoutGo()), missing);
    });

    it("builds once for two concurrent runs", async () => {
        const screen = recorder();
        const context = { env: go.env({ FAKE_GO_PAUSE: "0.3" }), progress: progressOn(screen, {}) };
        const [first, second] = await Promise.all([buildTool(etcd, context), buildTool(etcd, context)]);
        assert.equal(first, second);
        assert.equal(go.builds().length, 1);
        assert.match(screen.text(), /etcd v\S+: another run is building it, waiting\n/);
    });

    it("a failed build reports the end of the output and the next step, and leaves no partial file", async () => {
        const env = go.env({ FAKE_GO_FAILURE: "etcdmain/etcd.go:7:2: undefined: nothing" });
        const expected =
            `etcd ${etcd.version} was not built: \`go build go.etcd.io/etcd/server/v3\` exited with 1 after <time>.\n` +
            "End of its output:\n    etcdmain/etcd.go:7:2: undefined: nothing\n" +
            "Fix tests/toolchain/etcd/go.mod or the row in tools/toolchain/tools.ts, " +
            "then run: npm run toolchain -- etcd";
        await assert.rejects(buildTool(etcd, { env, progress: progressOn(recorder(), {}) }), (error: Error) => {
            assert.equal(error.message.replace(/after \d+ s/, "after <time>"), expected);
            return true;
        });
        assert.deepEqual(readdirSync(dirname(plannedPath(etcd, env))), []);
    });

    it("a failed download reports the network as the next step", async () => {
        const env = go.env({
            FAKE_GO_FAILURE: "go: example.org/one@v1.0.0: dial tcp: lookup example.org: no such host",
        });
        const build = buildTool(etcd, { env, progress: progressOn(recorder(), {}) });
        await assert.rejects(
            build,
            /\nGo could not fetch a module: check the network and `go env GOPROXY`, then run: /,
        );
    });

    it("an aborted build leaves no files, and a build removes the partial file of a killed run", async () => {
        const env = go.env({ FAKE_GO_PAUSE: "60" });
        const folder = dirname(plannedPath(etcd, env));
        const abort = new AbortController();
        const build = buildTool(etcd, { env, progress: progressOn(recorder(), {}), signal: abort.signal });
        await until(() => readdirSync(folder).some((name) => name.startsWith(".etcd.partial-")));
        assert(readdirSync(folder).includes(".etcd.lock"));
        abort.abort();
        await assert.rejects(build, { name: "AbortError" });
        assert.deepEqual(readdirSync(folder), []);

        writeFileSync(join(folder, ".etcd.partial-1"), "half");
        await buildTool(etcd, { env: go.env(), progress: progressOn(recorder(), {}) });
        assert.deepEqual(readdirSync(folder), [".recipe", "etcd"]);
    });

    it("a held lock is waited for and refreshed by its holder; a stale lock is taken over", async () => {
        const env = go.env();
        await buildTool(etcd, { env, progress: progressOn(recorder(), {}) });
        const lock = join(dirname(plannedPath(etcd, env)), "some.lock");
        const options = { heartbeatMs: 10, staleMs: 60_000 };
        const order: string[] = [];
        let waiting: Promise<unknown> = Promise.resolve();
        await withLock(lock, options, async () => {
            makeStale(lock);
            await until(() => Date.now() - statSync(lock).mtimeMs < options.staleMs);
            await new Promise<void>((resolve) => {
                waiting = withLock(lock, { ...options, onWait: resolve }, () => Promise.resolve(order.push("second")));
            });
            order.push("first");
        });
        await waiting;
        assert.deepEqual(order, ["first", "second"]);

        writeFileSync(lock, "of a process that was killed");
        makeStale(lock);
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

    it("builds the named tools and writes nothing to standard output", () => {
        const { status, stdout, stderr } = run("etcd");
        assert.deepEqual([status, stdout, go.builds().length], [0, "", 1], stderr);
        assert.match(stderr, /\n1 of 1 tools in .*toolchain\n$/);
    });

    it("prints names and paths without building", () => {
        const { status, stdout } = run("etcd", "--print");
        assert.deepEqual([status, stdout], [0, `etcd\t${plannedPath(etcd, go.env())}\n`]);
        assert.deepEqual(go.builds(), []);
    });

    it("refuses unknown tools and options", () => {
        assert.deepEqual([run("trivy").status, run("--prnt").status], [1, 1]);
        assert.deepEqual(go.builds(), []);
    });
});

describe("toolchain progress", () => {
    it("writes a status line to a log at most every 30 s", () => {
        const screen = recorder();
        let time = 0;
        const progress = progressOn(screen, {}, () => time);
        progress.success("started");
        progress.status("too soon");
        time = 30_000;
        progress.status("still building");
        assert.equal(screen.text(), "started\nstill building\n");
    });

    it("overwrites the status on a terminal, without colour under NO_COLOR", () => {
        const clear = "\r\u001b[2K";
        const coloured = recorder(true);
        const progress = progressOn(coloured, {});
        progress.status("building");
        progress.success("done");
        assert.equal(coloured.text(), `${clear}building${clear}\u001b[32mdone\u001b[0m\n`);
        const plain = recorder(true);
        progressOn(plain, { NO_COLOR: "1" }).success("done");
        assert.equal(plain.text(), `${clear}done\n`);
    });

    it("formats durations in minutes and seconds", () => {
        assert.deepEqual([duration(400), duration(42_000), duration(185_000)], ["0 s", "42 s", "3 min 5 s"]);
    });
});
