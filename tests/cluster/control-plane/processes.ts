import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/** Linux only. */
const proc = "/proc";

/** Addresses that a process listens on over TCP or UDP, as `127.0.0.1:6443`. */
export function listeners(pid: number): string[] {
    const sockets = new Set(openFiles(pid).flatMap((target) => /^socket:\[(\d+)\]$/.exec(target)?.[1] ?? []));
    return ["tcp", "tcp6", "udp", "udp6"].flatMap((table) =>
        rows(pid, table)
            // 0A is LISTEN; 07 is an unconnected UDP socket, which receives from any address.
            .filter(({ state, inode }) => sockets.has(inode) && state === (table.startsWith("tcp") ? "0A" : "07"))
            .map(({ address }) => readable(address)),
    );
}

/** Ids of the processes whose command line contains `text`, without this process. */
export function processesOf(text: string): number[] {
    return readdirSync(proc)
        .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
        .filter((name) => readOr(() => readFileSync(`${proc}/${name}/cmdline`, "utf8"), "").includes(text))
        .map(Number);
}

/** Ids of a process's children with their command lines, which programs such as PostgreSQL's set as titles. */
export function childrenOf(pid: number): readonly (readonly [pid: number, commandLine: string])[] {
    const ids = readFileSync(`${proc}/${pid}/task/${pid}/children`, "utf8").trim().split(" ").map(Number);
    return ids.map((id) => [id, readOr(() => readFileSync(`${proc}/${id}/cmdline`, "utf8"), "")]);
}

interface Row {
    readonly address: string;
    readonly state: string;
    readonly inode: string;
}

function rows(pid: number, table: string): Row[] {
    const lines = readFileSync(`${proc}/${pid}/net/${table}`, "utf8").trim().split("\n").slice(1);
    return lines.map((line) => {
        const cells = line.trim().split(/\s+/);
        return { address: cells[1] ?? "", state: cells[3] ?? "", inode: cells[9] ?? "" };
    });
}

function openFiles(pid: number): string[] {
    return readdirSync(`${proc}/${pid}/fd`).map((name) => readOr(() => readlinkSync(`${proc}/${pid}/fd/${name}`), ""));
}

/** `0100007F:1A2B` is 127.0.0.1:6699: the kernel prints IPv4 addresses in reverse byte order. IPv6 stays in hex. */
function readable(address: string): string {
    const [host = "", port = ""] = address.split(":");
    const bytes = (host.match(/../g) ?? []).map((byte) => parseInt(byte, 16));
    return `${bytes.length === 4 ? bytes.reverse().join(".") : host}:${parseInt(port, 16)}`;
}

/** Result of `read`, or `fallback` when the process ended before it could be read. */
function readOr<T>(read: () => T, fallback: T): T {
    try {
        return read();
    } catch {
        return fallback;
    }
}
