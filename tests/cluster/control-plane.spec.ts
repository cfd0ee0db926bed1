import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { lockedFiles, readLock } from "../../tools/crds/lock";
import { establishedCrds } from "./control-plane/load-crds";
import { startControlPlane } from "./control-plane/start-with-crds";
import { messageOf } from "./control-plane/client";
import { listeners, processesOf } from "./control-plane/processes";
import { startPrograms, type ControlPlane } from "./control-plane/start";
import { eventually } from "./control-plane/wait";
import { log } from "./log";

/** The test control plane accepts no other callers, and leaves no process or file behind. */
describe("the control plane", () => {
    describe("while it runs", () => {
        let plane: ControlPlane;
        let stop = (): Promise<void> => Promise.resolve();

        before(async () => {
            const begin = Date.now();
            plane = await startControlPlane({ definitions: "all" }, log);
            stop = () => plane.stop();
            log(`ready after ${((Date.now() - begin) / 1000).toFixed(1)} s`);
        });

        after(async () => {
            await stop();
        });

        it("listens on loopback only, and with nothing but the API server", async () => {
            const open = [...plane.pids].flatMap(([program, pid]) =>
                listeners(pid).map((address) => `${program} ${address}`),
            );
            assert.deepEqual(open, [`kube-apiserver 127.0.0.1:${new URL(plane.server).port}`]);
            assert.equal((await plane.client.call({ method: "GET", path: "/readyz" })).status, 200);
        });

        it("has a folder and credentials that only their owner can read", () => {
            assert.equal(statSync(plane.folder).mode & 0o777, 0o700);
            for (const file of ["tokens.csv", "service-account.key", "admin.kubeconfig"]) {
                assert.equal(statSync(join(plane.folder, file)).mode & 0o777, 0o600, file);
            }
        });

        it("runs the admission plugins of a real cluster", async () => {
            const { body } = await plane.client.call({ method: "GET", path: "/metrics" });
            const metrics = messageOf(body);
            for (const plugin of [
                "NodeRestriction",
                "LimitRanger",
                "Priority",
                "PodSecurity",
                "ResourceQuota",
                "ServiceAccount",
            ]) {
                assert.match(
                    metrics,
                    new RegExp(`apiserver_admission_controller_admission_duration_seconds_count\\{name="${plugin}"`),
                );
            }
        });

        it("serves every CustomResourceDefinition of the lock file", async () => {
            const count = lockedFiles(readLock()).reduce((sum, file) => sum + file.count, 0);
            assert.equal((await establishedCrds(plane.client)).length, count);
        });

        it("reports a program that was killed", async () => {
            plane.check();
            process.kill(plane.pids.get("kwok") ?? 0, "SIGKILL");
            await eventually("the report", () => {
                try {
                    plane.check();
                    return Promise.resolve(undefined);
                } catch (error) {
                    assert.match(String(error), /kwok exited \(SIGKILL\)/);
                    return Promise.resolve(true);
                }
            });
        });

        it("leaves no file or process after stop()", async () => {
            await plane.stop();
            assert.ok(!existsSync(plane.folder));
            assert.deepEqual(processesOf(plane.folder), []);
        });
    });

    for (const signal of ["SIGINT", "SIGKILL"] as const) {
        it(`leaves no file or process after ${signal} to its parent process`, async () => {
            const owner = spawn(process.execPath, ["--require", "tsx/cjs", join(__dirname, "control-plane/main.ts")]);
            try {
                const folder = dirname(await kubeconfigOf(owner));
                assert.equal(processesOf(folder).length, 6, "five programs and their supervisor");
                owner.kill(signal);
                await eventually("nothing left", () =>
                    Promise.resolve(!existsSync(folder) && processesOf(folder).length === 0 ? true : undefined),
                );
            } finally {
                owner.kill("SIGKILL");
            }
        });
    }

    it("names the build command when a program is missing", async () => {
        const empty = mkdtempSync(join(tmpdir(), "no-tools-"));
        const before = process.env["ECOMMERCE_PLATFORM_CACHE"];
        process.env["ECOMMERCE_PLATFORM_CACHE"] = empty;
        try {
            await assert.rejects(startPrograms(), /etcd v\S+ is not built yet\. Run: npm run toolchain -- etcd/);
        } finally {
            if (before === undefined) {
                delete process.env["ECOMMERCE_PLATFORM_CACHE"];
            } else {
                process.env["ECOMMERCE_PLATFORM_CACHE"] = before;
            }
            rmSync(empty, { recursive: true });
        }
    });
});

/** Path that `npm run control-plane` prints once it is ready. */
async function kubeconfigOf(owner: ChildProcess): Promise<string> {
    let output = "";
    owner.stdout?.on("data", (data: Buffer) => {
        output += data.toString();
    });
    owner.stderr?.on("data", (data: Buffer) => {
        output += data.toString();
    });
    return eventually("the kubeconfig's path", () => Promise.resolve(/^kubeconfig {2}(\S+)$/m.exec(output)?.[1]), {
        limitMs: 300_000,
        check: () => {
            assert.equal(owner.exitCode, null, output);
        },
    });
}
