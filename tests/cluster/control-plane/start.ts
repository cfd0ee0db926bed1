import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { toolPath } from "../../../tools/toolchain/paths";
import { KubeClient } from "./client";
import { makeCredentials, writeKubeconfig, type Credentials, type User } from "./credentials";
import { runIsolated, type Isolated, type IsolatedOptions } from "./isolated";
import { freePort } from "./ports";
import {
    apiServerArgs,
    apiServerEnvironment,
    controllerManagerArgs,
    etcdArgs,
    etcdSocket,
    kwokArgs,
    schedulerArgs,
} from "./programs";
import { Supervised } from "./supervised";
import { eventually } from "./wait";

/** Components that run besides etcd and the API server. */
export type Component = "kube-controller-manager" | "kube-scheduler" | "kwok";
export const allComponents: readonly Component[] = ["kube-controller-manager", "kube-scheduler", "kwok"];

/** Options for starting a control plane. */
export interface StartArgs {
    /** Initial etcd data folder, which is copied. @default empty */
    readonly data?: string;
    /** @default all */
    readonly components?: readonly Component[];
}

/** A running control plane. It ends with this process, even on SIGKILL. */
export class ControlPlane {
    public readonly client: KubeClient;

    /** @internal use {@link startPrograms} */
    public constructor(
        /** Private folder of the run; removed by {@link stop}. */
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

    /** @throws Error with the end of its log when a program exited unexpectedly. */
    public check(): void {
        this.supervised.check();
    }

    /**
     * Starts a further program, named by its binary, with `KUBECONFIG` set, in its own network namespace. For a program
     * that listens on every address; see `network-namespace.ts`.
     */
    public runIsolated(program: string, args: readonly string[], options: IsolatedOptions = {}): Promise<Isolated> {
        const { folder, server, kubeconfig, supervised } = this;
        return runIsolated({ folder, server, kubeconfig, supervised }, program, args, options);
    }

    /** The last lines of a program's log. */
    public tail(program: string, lines?: number): string {
        return this.supervised.tail(program, lines);
    }

    /** Stops every program and removes the folder; returns when both are done. */
    public async stop(): Promise<void> {
        this.client.close();
        await this.supervised.end();
    }

    /** Stops etcd gracefully, calls `save` with its data folder, then does what {@link stop} does. */
    public async stopAndSave(save: (data: string) => Promise<void>): Promise<void> {
        await this.supervised.stop("kube-apiserver", "SIGKILL");
        await this.supervised.stop("etcd", "SIGTERM", 60_000);
        await save(dataOf(this.folder));
        await this.stop();
    }
}

/** State shared by the start of the programs. */
interface Core {
    readonly folder: string;
    readonly supervised: Supervised;
    readonly credentials: Credentials;
    readonly pids: Map<string, number>;
}

/**
 * Starts the programs and returns when the API server is ready and the controllers create objects.
 *
 * @throws Error with the end of the log of a program that failed, or with the build command of a missing binary.
 */
export async function startPrograms({ data, components = allComponents }: StartArgs = {}): Promise<ControlPlane> {
    // First, so that a missing binary is reported before anything runs.
    ["etcd", "kube-apiserver", ...components].forEach((name) => toolPath(name));
    const folder = mkdtempSync(join(tmpdir(), "control-plane-"));
    const supervised = new Supervised(folder);
    try {
        const core = { folder, supervised, credentials: makeCredentials(folder), pids: new Map<string, number>() };
        await startEtcd(core, data);
        const { server, ca } = await startApiServer(core);
        const kubeconfigOf = (user: User): string =>
            writeKubeconfig(folder, user, server, ca, core.credentials.tokens[user]);
        const client = new KubeClient({ server, ca, token: core.credentials.tokens.admin });
        for (const component of components) {
            await startComponent(core, component, kubeconfigOf);
        }
        if (components.includes("kube-controller-manager")) {
            const path = "/api/v1/namespaces/default/serviceaccounts/default";
            await eventually(
                "the default service account",
                async () => ((await client.call({ method: "GET", path })).status === 200 ? true : undefined),
                { check: checkOf(supervised) },
            );
        }
        return new ControlPlane(folder, server, kubeconfigOf("admin"), core.pids, client, supervised);
    } catch (error) {
        await supervised.end();
        throw error;
    } finally {
        // The supervisor removes it, unless it never started.
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
    await eventually("etcd's socket", () => Promise.resolve(existsSync(join(folder, etcdSocket)) ? true : undefined), {
        everyMs: 20,
        check: checkOf(supervised),
    });
}

/** A program that exited ends a wait at once. */
function checkOf(supervised: Supervised): () => void {
    return () => {
        supervised.check();
    };
}

async function startApiServer(core: Core): Promise<{ server: string; ca: string }> {
    for (let attempt = 1; ; attempt++) {
        const port = await freePort();
        try {
            return await startApiServerOn(port, core);
        } catch (error) {
            // Another process took the port before the API server bound it: retry with another one.
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
    pids.set(
        "kube-apiserver",
        await supervised.start("kube-apiserver", toolPath("kube-apiserver"), args, apiServerEnvironment),
    );
    const server = `https://127.0.0.1:${port}`;
    const certificate = join(certificates, "apiserver.crt");
    const probe = async (): Promise<string | undefined> => {
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
    const ca = await eventually("a ready API server", probe, { limitMs: 180_000, check: checkOf(supervised) });
    return { server, ca };
}

async function startComponent(core: Core, component: Component, kubeconfigOf: (user: User) => string): Promise<void> {
    const { folder, supervised, credentials, pids } = core;
    const args = {
        "kube-controller-manager": () => {
            const ca = join(folder, "certificates", "apiserver.crt");
            return controllerManagerArgs(kubeconfigOf("system:kube-controller-manager"), ca, credentials);
        },
        "kube-scheduler": () => schedulerArgs(kubeconfigOf("system:kube-scheduler")),
        kwok: () => {
            // An empty configuration file, so that one in the user's home has no effect.
            const config = join(folder, "kwok.yaml");
            writeFileSync(config, "");
            return kwokArgs(kubeconfigOf("kwok"), config);
        },
    }[component]();
    pids.set(component, await supervised.start(component, toolPath(component), args));
}

function dataOf(folder: string): string {
    return join(folder, "etcd");
}
