import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { startControlPlane } from "./control-plane/baked";
import { messageOf } from "./control-plane/client";
import { listeners, processesOf } from "./control-plane/processes";
import { startPrograms, type ControlPlane } from "./control-plane/start";
import { eventually } from "./control-plane/wait";
import { note } from "./note";

/** Proves what the other suites stand on: closed to others, and gone without a trace. */
describe("the control plane", () => {
    describe("while it runs", () => {
        let plane: ControlPlane;
        let stop = (): Promise<void> => Promise.resolve();

        before(async () => {
            const begin = Date.now();
            plane = await startControlPlane({}, note);
            stop = () => plane.stop();
            note(`ready after ${((Date.now() - begin) / 1000).toFixed(1)} s`);
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

        it("keeps its folder and its credentials to its owner", () => {
            assert.equal(statSync(plane.folder).mode & 0o777, 0o700);
            for (const file of ["tokens.csv", "service-account.key", "admin.kubeconfig"]) {
                assert.equal(statSync(join(plane.folder, file)).mode & 0o777, 0o600, file);
            }
        });

        it("judges with the admission plugins of a real cluster", async () => {
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

        it("says so when a program dies", async () => {
            plane.check();
            process.kill(plane.pids.get("kwok") ?? 0, "SIGKILL");
            await eventually("the report", () => {
                try {
                    plane.check();
                    return Promise.resolve(undefined);
                } catch (error) {
                    assert.match(String(error), /kwok ended \(SIGKILL\)/);
                    return Promise.resolve(true);
                }
            });
        });

        it("leaves nothing after an orderly stop", async () => {
            await plane.stop();
            assert.ok(!existsSync(plane.folder));
            assert.deepEqual(processesOf(plane.folder), []);
        });
    });

    for (const signal of ["SIGINT", "SIGKILL"] as const) {
        it(`leaves nothing when its owner gets ${signal}`, async () => {
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

    it("fails with the command that builds a missing program", async () => {
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
    let said = "";
    owner.stdout?.on("data", (data: Buffer) => {
        said += data.toString();
    });
    owner.stderr?.on("data", (data: Buffer) => {
        said += data.toString();
    });
    return eventually(
        "the kubeconfig's path",
        () => {
            assert.equal(owner.exitCode, null, said);
            return Promise.resolve(/^kubeconfig {2}(\S+)$/m.exec(said)?.[1]);
        },
        { limitMs: 120_000 },
    );
}
