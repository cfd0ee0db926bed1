import { existsSync, readlinkSync } from "node:fs";
import { join } from "node:path";

import { toolPath } from "../../../tools/toolchain/paths";
import type { Isolation } from "./isolation";
import { freePort } from "./ports";
import type { Supervised } from "./supervised";
import { eventually } from "./wait";

/** Options of {@link runIsolated}. */
export interface IsolatedOptions extends Pick<Isolation, "localAddresses" | "beside"> {
    /** Port of the program's webhooks. @default none */
    readonly webhookPort?: number;
    /** Environment variables in addition to `KUBECONFIG`. */
    readonly env?: Readonly<Record<string, string>>;
}

/** A program in a network namespace of its own. */
export interface Isolated {
    /** Process that created the namespace. */
    readonly pid: number;
    /** Port of this machine's loopback interface that reaches the program's webhooks; 0 without webhooks. */
    readonly webhookPort: number;
}

/** Where a program runs. */
interface Surroundings {
    readonly folder: string;
    readonly server: string;
    readonly kubeconfig: string;
    readonly supervised: Supervised;
}

/** Starts `program`, named by its binary, in its own network namespace; see `network-namespace.ts`. */
export async function runIsolated(
    { folder, server, kubeconfig, supervised }: Surroundings,
    program: string,
    args: readonly string[],
    { webhookPort, env = {}, ...rest }: IsolatedOptions,
): Promise<Isolated> {
    const socket = join(folder, `${program}.sock`);
    const outside = webhookPort === undefined ? 0 : await freePort();
    const isolation: Isolation = {
        apiServer: { port: Number(new URL(server).port), socket },
        ...(webhookPort === undefined
            ? {}
            : { published: { inside: webhookPort, outside, socket: join(folder, `${program}-webhook.sock`) } }),
        ...rest,
    };
    const script = join(__dirname, "network-namespace.ts");
    const node = ["--require", require.resolve("tsx/cjs"), script];
    const forwarder = [...node, "outside", JSON.stringify(isolation)];
    await supervised.start(`${program}-forwarder`, process.execPath, forwarder);
    const check = (): void => {
        supervised.check();
    };
    await eventually(`the API server's socket for ${program}`, () => Promise.resolve(existsSync(socket) || undefined), {
        check,
    });
    // Creating a network namespace needs root, or a user namespace in which the user is root.
    const user = process.getuid?.() === 0 ? [] : ["--map-root-user"];
    const pid = await supervised.start(
        program,
        "unshare",
        [
            ...["--net", "--pid", "--fork", "--kill-child", ...user],
            ...[process.execPath, ...node, "inside", JSON.stringify(isolation), toolPath(program), ...args],
        ],
        { ...env, KUBECONFIG: kubeconfig, NODE_OPTIONS: "" },
    );
    // The process starts in this namespace and leaves it when `unshare` runs.
    await eventually(
        `the network namespace of ${program}`,
        () => Promise.resolve(networkNamespace(pid) !== networkNamespace("self") || undefined),
        { check },
    );
    return { pid, webhookPort: outside };
}

/** The network namespace of a process, as `net:[<inode>]`. */
function networkNamespace(pid: number | "self"): string {
    return readlinkSync(`/proc/${pid}/ns/net`);
}
