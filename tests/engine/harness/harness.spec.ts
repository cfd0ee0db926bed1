import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fillBin } from "./bin";
import { TestEnvironment } from "./test-environment";

/** Command lines of the processes that were started from a folder. */
function processesOf(folder: string): string[] {
    const all = execFileSync("ps", ["-eo", "pid=,args="], { encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
    return all.split("\n").filter((line) => line.includes(folder));
}

describe("engine: harness", () => {
    it("says how to get the CLI when it is not there, and never goes on without", async () => {
        const empty = mkdtempSync(join(tmpdir(), "engine-empty-"));
        try {
            await assert.rejects(fillBin(join(empty, "bin"), { ...process.env, ECOMMERCE_PLATFORM_CACHE: empty }), {
                message: "pulumi v3.246.0 is not built yet. Run: npm run toolchain -- pulumi",
            });
        } finally {
            rmSync(empty, { recursive: true });
        }
    });

    it("leaves no process behind when a run is killed in its middle", async () => {
        const environment = await TestEnvironment.open();
        const folder = environment.folderOf("killed");
        const bin = environment.folderOf("bin");
        try {
            const program = join(__dirname, "../programs/canary.ts");
            const session = await environment.start("killed", { stack: "dev", program });
            const running = session.run({ kind: "up" });
            running.catch(() => undefined);
            while (!processesOf(bin).some((line) => line.includes("pulumi-resource-kubernetes"))) {
                await setTimeout(50);
            }
            session.kill();
            await assert.rejects(running, /the stack's process ended with SIGKILL/);
            const deadline = Date.now() + 10_000;
            while ([...processesOf(bin), ...processesOf(folder)].length > 0 && Date.now() < deadline) {
                await setTimeout(100);
            }
            assert.deepEqual([...processesOf(bin), ...processesOf(folder)], []);
            await environment.finish("killed", session);
        } finally {
            environment.close();
        }
    });

    it("keeps a program's own error readable", async () => {
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
