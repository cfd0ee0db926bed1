import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { listeners } from "../../cluster/control-plane/processes";
import { freePort } from "../../cluster/control-plane/ports";
import { Supervised } from "../../cluster/control-plane/supervised";
import { eventually } from "../../cluster/control-plane/wait";

/** The programs of one spec file, in a folder of their own; none outlives the test run. */
export class DataRun {
    /** Working folder of every program; removed by {@link end}. */
    public readonly folder = mkdtempSync(join(tmpdir(), "data-"));
    public readonly programs = new Supervised(this.folder);
    private readonly pids = new Map<string, number>();

    /** Starts a program, see {@link Supervised.start}. */
    public async start(
        id: string,
        command: string,
        args: readonly string[],
        env: Readonly<Record<string, string>> = {},
    ): Promise<number> {
        const pid = await this.programs.start(id, command, args, env);
        this.pids.set(id, pid);
        return pid;
    }

    /** A free port on loopback. */
    public port(): Promise<number> {
        return freePort();
    }

    /** Waits until a running program listens on these ports of loopback. @throws Error when a program has exited */
    public async listening(id: string, ports: readonly number[]): Promise<void> {
        await eventually(
            `${id} on the ports ${ports.join(", ")}`,
            () => {
                const found = this.addresses(id);
                return Promise.resolve(ports.every((port) => found.includes(`127.0.0.1:${port}`)) || undefined);
            },
            {
                check: () => {
                    this.programs.check();
                },
            },
        );
    }

    /** Addresses of a running program that are not on loopback: none, in every test. */
    public outside(id: string): string[] {
        return this.addresses(id).filter(
            (address) => !address.startsWith("127.") && !address.startsWith("00000000000000000000000001000000"),
        );
    }

    /** Stops every program and removes the folder. */
    public async end(): Promise<void> {
        await this.programs.end();
    }

    private addresses(id: string): string[] {
        const pid = this.pids.get(id);
        return pid === undefined ? [] : listeners(pid);
    }
}
