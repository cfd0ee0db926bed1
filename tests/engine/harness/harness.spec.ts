import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eventually } from "../../cluster/control-plane/wait";
import { fillBin } from "./bin";
import { TestEnvironment } from "./test-environment";

/** Lines of `ps` for the processes whose command line contains a folder. */
function processesOf(folder: string): string[] {
    const all = execFileSync("ps", ["-eo", "pid=,args="], { encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
    return all.split("\n").filter((line) => line.includes(folder));
}

describe("engine: harness", () => {
    it("fails with the build command when the CLI is missing", async () => {
        const empty = mkdtempSync(join(tmpdir(), "engine-empty-"));
        try {
            await assert.rejects(fillBin(join(empty, "bin"), { ...process.env, ECOMMERCE_PLATFORM_CACHE: empty }), {
                message: "pulumi v3.246.0 is not built yet. Run: npm run toolchain -- pulumi",
            });
        } finally {
            rmSync(empty, { recursive: true });
        }
    });

    it("leaves no process behind when a run is killed", async () => {
        const environment = await TestEnvironment.open();
        const folder = environment.folderOf("killed");
        const bin = environment.folderOf("bin");
        try {
            const program = join(__dirname, "../programs/canary.ts");
            const session = await environment.start("killed", { stack: "dev", program });
            const running = session.run({ kind: "up" });
            let ended = false;
            running
                .catch(() => undefined)
                .finally(() => {
                    ended = true;
                });
            await eventually(
                "a running provider",
                () => {
                    const found = processesOf(bin).some((line) => line.includes("pulumi-resource-kubernetes"));
                    return Promise.resolve(found || undefined);
                },
                {
                    check: () => {
                        assert.equal(ended, false, "the run ended before a provider was seen");
                    },
                },
            );
            session.kill();
            await assert.rejects(running, /the stack's process exited with SIGKILL/);
            await eventually("the exit of every process", () => {
                assert.deepEqual([...processesOf(bin), ...processesOf(folder)], []);
                return Promise.resolve(true);
            });
            await environment.finish("killed", session);
        } finally {
            environment.close();
        }
    });

    it("rejects with the error of a program that cannot be loaded", async () => {
        const environment = await TestEnvironment.open();
        try {
            await assert.rejects(
                environment.start("broken", { stack: "dev", program: join(__dirname, "no-such-program.ts") }),
                /Cannot find module '.*no-such-program\.ts'/,
            );
        } finally {
            environment.close();
        }
    });
});
