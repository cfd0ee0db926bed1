import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { toolPath } from "../../../tools/toolchain/paths";
import { KubeClient } from "./client";
import { makeCredentials, writeKubeconfig, type Credentials, type User } from "./credentials";
import { freePort } from "./ports";
import { apiServerArgs, controllerManagerArgs, etcdArgs, etcdSocket, kwokArgs, schedulerArgs } from "./programs";
import { Supervised } from "./supervised";
import { eventually } from "./wait";

/** What runs beside etcd and the API server. */
export type Extra = "kube-controller-manager" | "kube-scheduler" | "kwok";
export const everyExtra: readonly Extra[] = ["kube-controller-manager", "kube-scheduler", "kwok"];

/** How a control plane is started. */
export interface StartArgs {
    /** etcd data folder to begin with; it is copied, not changed. @default empty */
    readonly data?: string;
    /** @default every one */
    readonly extras?: readonly Extra[];
}

/** A running control plane of this process alone. It ends with the process, however that ends. */
export class ControlPlane {
    public readonly client: KubeClient;

    /** @internal use {@link startPrograms} */
    public constructor(
        /** Private folder of the run; gone after {@link stop}. */
        public readonly folder: string,
        public readonly server: string,
        /** Path of the administrator's kubeconfig. */
        public readonly kubeconfig: string,
        /** Process ids by program. */
        public readonly pids: ReadonlyMap<string, number>,
        client: KubeClient,
        private readonly supervised: Supervised,
    ) {
        this.client = client;
    }

    /** Throws, with its last words, when a program ended by itself. */
    public check(): void {
        this.supervised.check();
    }

    /**
     * Starts one program more, which ends as the others do; its name is the binary's, and it finds the cluster by
     * `KUBECONFIG`. For one that listens on every address: it gets a network of its own, see `apart.ts`.
     *
     * @returns process id of what holds it there
     */
    public async runApart(program: string, args: readonly string[]): Promise<number> {
        const [script, socket] = [join(__dirname, "apart.ts"), join(this.folder, `${program}.sock`)];
        const { port } = new URL(this.server);
        const node = [process.execPath, "--require", require.resolve("tsx/cjs"), script];
        const door = [...node.slice(1), "door", socket, port];
        await this.supervised.start(`${program}-door`, process.execPath, door);
        await eventually(`the door of ${program}`, () => Promise.resolve(existsSync(socket) || undefined));
        // Only root may make a network; whoever is root of a new table of users may make one there.
        const user = process.getuid?.() === 0 ? [] : ["--map-root-user"];
        return this.supervised.start(
            program,
            "unshare",
            [
                ...["--net", "--pid", "--fork", "--kill-child", ...user],
                ...[...node, "inside", socket, port, toolPath(program), ...args],
            ],
            { KUBECONFIG: this.kubeconfig, NODE_OPTIONS: "" },
        );
    }

    /** The last lines that a program wrote. */
    public tail(program: string, lines?: number): string {
        return this.supervised.tail(program, lines);
    }

    /** Ends every program and removes the folder; returns when all of it is gone. */
    public async stop(): Promise<void> {
        this.client.close();
        await this.supervised.end();
    }

    /** Ends the programs so that etcd closes its files in order, hands its data over, then does what {@link stop} does. */
    public async stopAndKeep(keep: (data: string) => Promise<void>): Promise<void> {
        await this.supervised.stop("kube-apiserver", "SIGKILL");
        await this.supervised.stop("etcd", "SIGTERM", 20_000);
        await keep(dataOf(this.folder));
        await this.stop();
    }
}

/** etcd and the API server of one attempt. */
interface Core {
    readonly folder: string;
    readonly supervised: Supervised;
    readonly credentials: Credentials;
    readonly pids: Map<string, number>;
}

/**
 * Starts the programs and returns when the API server is ready and the controllers act.
 *
 * @throws Error with the program's last words; with the command that builds it, where a binary is missing.
 */
export async function startPrograms({ data, extras = everyExtra }: StartArgs = {}): Promise<ControlPlane> {
    // Asked first: a missing binary is told before anything runs.
    ["etcd", "kube-apiserver", ...extras].forEach((name) => toolPath(name));
    const folder = mkdtempSync(join(tmpdir(), "control-plane-"));
    const supervised = new Supervised(folder);
    try {
        const core = { folder, supervised, credentials: makeCredentials(folder), pids: new Map<string, number>() };
        await startEtcd(core, data);
        const { server, ca } = await startApiServer(core);
        const kubeconfigOf = (user: User): string =>
            writeKubeconfig(folder, user, server, ca, core.credentials.tokens[user]);
        const client = new KubeClient({ server, ca, token: core.credentials.tokens.admin });
        for (const extra of extras) {
            await startExtra(core, extra, kubeconfigOf);
        }
        if (extras.includes("kube-controller-manager")) {
            const path = "/api/v1/namespaces/default/serviceaccounts/default";
            await eventually("the controllers' first service account", async () => {
                supervised.check();
                return (await client.call({ method: "GET", path })).status === 200 ? true : undefined;
            });
        }
        return new ControlPlane(folder, server, kubeconfigOf("admin"), core.pids, client, supervised);
    } catch (error) {
        await supervised.end();
        throw error;
    } finally {
        // The supervisor removes it; this is for the case that it never came up.
        if (supervised.pid === undefined) {
            rmSync(folder, { recursive: true, force: true });
        }
    }
}

async function startEtcd({ folder, supervised, pids }: Core, data: string | undefined): Promise<void> {
    if (data !== undefined) {
        await cp(data, dataOf(folder), { recursive: true });
    }
    pids.set("etcd", await supervised.start("etcd", toolPath("etcd"), etcdArgs(dataOf(folder))));
    await eventually(
        "etcd's socket",
        () => {
            supervised.check();
            return Promise.resolve(existsSync(join(folder, etcdSocket)) ? true : undefined);
        },
        { everyMs: 20 },
    );
}

async function startApiServer(core: Core): Promise<{ server: string; ca: string }> {
    for (let attempt = 1; ; attempt++) {
        const port = await freePort();
        try {
            return await startApiServerOn(port, core);
        } catch (error) {
            // Somebody took the port between our look and the API server's: another one will do.
            if (attempt === 5 || !String(error).includes("address already in use")) {
                throw error;
            }
            await core.supervised.stop("kube-apiserver", "SIGKILL");
        }
    }
}

async function startApiServerOn(
    port: number,
    { folder, supervised, credentials, pids }: Core,
): ReturnType<typeof startApiServer> {
    const certificates = join(folder, "certificates");
    const args = apiServerArgs(port, certificates, credentials);
    pids.set("kube-apiserver", await supervised.start("kube-apiserver", toolPath("kube-apiserver"), args));
    const server = `https://127.0.0.1:${port}`;
    const certificate = join(certificates, "apiserver.crt");
    const look = async (): Promise<string | undefined> => {
        if (!existsSync(certificate)) {
            return undefined;
        }
        const ca = readFileSync(certificate, "utf8");
        const client = new KubeClient({ server, ca, token: credentials.tokens.admin });
        try {
            const { status } = await client.call({ method: "GET", path: "/readyz", limitMs: 5000 });
            return status === 200 ? ca : undefined;
        } finally {
            client.close();
        }
    };
    const ca = await eventually(
        "a ready API server",
        async () => {
            supervised.check();
            return look();
        },
        {
            limitMs: 90_000,
        },
    );
    return { server, ca };
}

async function startExtra(core: Core, extra: Extra, kubeconfigOf: (user: User) => string): Promise<void> {
    const { folder, supervised, credentials, pids } = core;
    const args = {
        "kube-controller-manager": () => {
            const ca = join(folder, "certificates", "apiserver.crt");
            return controllerManagerArgs(kubeconfigOf("system:kube-controller-manager"), ca, credentials);
        },
        "kube-scheduler": () => schedulerArgs(kubeconfigOf("system:kube-scheduler")),
        kwok: () => {
            // An empty file of its own, so that a configuration in the user's home changes nothing.
            const config = join(folder, "kwok.yaml");
            writeFileSync(config, "");
            return kwokArgs(kubeconfigOf("kwok"), config);
        },
    }[extra]();
    pids.set(extra, await supervised.start(extra, toolPath(extra), args));
}

function dataOf(folder: string): string {
    return join(folder, "etcd");
}
