import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import {
    aliveScript,
    attachPeriod,
    attachScript,
    controlEnvironment,
    controlFile,
    controlScript,
} from "../../../components/database/pgpool-attach";

describe("the scripts of Pgpool-II's pod (DB-05, DB-07)", () => {
    let folder: string;
    const env = () => ({
        PATH: process.env["PATH"],
        PGPOOL_BIN: folder,
        PGPOOL_RUN: folder,
        PCPPASSFILE: join(folder, "pcppass"),
    });
    const read = (name: string) => readFileSync(join(folder, name), "utf8");
    beforeEach(() => {
        folder = mkdtempSync(join(tmpdir(), "pgpool-"));
    });
    afterEach(() => {
        rmSync(folder, { recursive: true });
    });

    it("use the folders of the pod", () => {
        assert.deepEqual(controlEnvironment, {
            PGPOOL_BIN: "/opt/pgpool-II/bin",
            PGPOOL_RUN: "/var/run/pgpool",
            PCPPASSFILE: "/var/run/pgpool/pcppass",
        });
        assert.equal(controlFile, "/var/run/pgpool/pcp.conf");
    });

    it("give the control port a password of the pod's own, in files that only its user reads", () => {
        const run = () => {
            execFileSync("/bin/sh", ["-c", controlScript], { env: env(), stdio: "pipe" });
            const [, password = ""] = /^\*:\*:attach:([0-9a-f]{64})\n$/.exec(read("pcppass")) ?? [];
            const hash = createHash("md5").update(password).digest("hex");
            assert.equal(read("pcp.conf"), `attach:${hash}\n`);
            return password;
        };
        assert.notEqual(run(), run());
        const modes = ["pcppass", "pcp.conf"].map((name) => (statSync(join(folder, name)).mode & 0o777).toString(8));
        assert.deepEqual(modes, ["600", "600"]);
    });

    it("are alive when the control port answers", () => {
        const alive = (code: number) => {
            writeFileSync(
                join(folder, "pcp_node_count"),
                `#!/bin/sh\necho "$*" > "$PGPOOL_RUN/calls"\nexit ${code}\n`,
                {
                    mode: 0o755,
                },
            );
            return spawnSync("/bin/sh", ["-c", aliveScript], { env: env(), encoding: "utf8" });
        };
        const { status, stdout } = alive(0);
        assert.deepEqual([status, stdout, read("calls")], [0, "", `-h ${folder} -U attach -w\n`]);
        assert.equal(alive(7).status, 7);
    });

    /** What the loop calls in a few turns with a state file and an answer of `pcp_node_info`. */
    function calls(state: string | undefined, answer: string): string[] {
        if (state !== undefined) {
            writeFileSync(join(folder, "pgpool_status"), state);
        }
        const program = (name: string, body: string) => {
            writeFileSync(join(folder, name), `#!/bin/sh\necho "${name} $*" >> "$PGPOOL_RUN/calls"\n${body}\n`, {
                mode: 0o755,
            });
        };
        writeFileSync(join(folder, "calls"), "");
        program("pcp_node_info", answer);
        program("pcp_attach_node", "exit 1");
        // Three turns instead of an endless loop.
        const loop = `while sleep ${attachPeriod}; do`;
        assert.equal(attachScript.split(loop).length, 2);
        const turns = `${attachScript.replace(loop, "for turn in 1 2 3; do")}true\n`;
        execFileSync("/bin/sh", ["-c", turns], { env: env(), stdio: "pipe" });
        return read("calls").split("\n").slice(0, -1);
    }
    const flags = () => `-h ${folder} -U attach -w -n 0`;
    const info = (status: number, answers: string, role: string) =>
        `echo "postgres-rw 5432 ${status} 0.000000 down ${answers} primary ${role} 0 none none 2026-11-22 05:00:00"`;

    it("ask nothing while the primary is attached, and before Pgpool-II has started", () => {
        assert.deepEqual(calls(undefined, info(3, "up", "primary")), []);
        assert.deepEqual(calls("up\nup\n", info(2, "up", "primary")), []);
        assert.deepEqual(calls("up\ndown\n", info(2, "up", "primary")), []);
    });

    it("attach the detached node 0 when a primary answers, and try again after an error", () => {
        const turn = [`pcp_node_info ${flags()}`, `pcp_attach_node ${flags()}`];
        assert.deepEqual(calls("down\nup\n", info(3, "up", "primary")), [...turn, ...turn, ...turn]);
    });

    it("wait while nothing answers, only a standby does, or Pgpool-II has attached it already", () => {
        const turn = `pcp_node_info ${flags()}`;
        for (const answer of [
            info(3, "down", "unknown"),
            info(3, "up", "unknown"),
            info(3, "up", "standby"),
            info(2, "up", "primary"),
            "exit 1",
            "true",
        ]) {
            assert.deepEqual(calls("down\nup\n", answer), [turn, turn, turn], answer);
        }
    });
});
