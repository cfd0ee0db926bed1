import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import type { LookupFunction } from "node:net";
import { join } from "node:path";
import type { ConnectionOptions } from "node:tls";

import { Cluster } from "ioredis";

import { until } from "../harness/until";

/** A member with the address that it has now. */
export interface RunningMember {
    readonly name: string;
    readonly host: string;
    readonly shard: number;
    readonly member: number;
    address: string;
}

/** A cluster client with a service's settings, password and certificate; it checks the names of the servers' certificates. */
export async function serviceClient(
    settings: Readonly<Record<string, string>>,
    password: string,
    folder: string,
    members: readonly RunningMember[],
): Promise<Cluster> {
    // The names of the members have no DNS here.
    const lookup: LookupFunction = (host, options, done) => {
        const address = members.find((one) => one.host === host)?.address ?? host;
        if (options.all === true) {
            done(null, [{ address, family: 4 }]);
        } else {
            done(null, address, 4);
        }
    };
    const nodes = (settings["NODES"] ?? "").split(",").map((node) => {
        const [host = "", port = ""] = node.split(":");
        return { host, port: Number(port) };
    });
    const files = { ca: "ca.crt", cert: "tls.crt", key: "tls.key" } as const;
    const read = ([key, name]: [string, string]) => [key, readFileSync(join(folder, name))] as const;
    const tls: ConnectionOptions = { ...Object.fromEntries(Object.entries(files).map(read)), lookup };
    const client = new Cluster(nodes, {
        dnsLookup: (host, done) => {
            done(null, host);
        },
        // By INFO, which services may not run: it shows what others do.
        enableReadyCheck: false,
        clusterRetryStrategy: () => 200,
        slotsRefreshTimeout: 2000,
        slotsRefreshInterval: 1000,
        redisOptions: {
            username: settings["USER"] ?? "",
            password,
            connectTimeout: 1000,
            enableReadyCheck: false,
            tls,
        },
    });
    client.on("error", () => undefined);
    await until("client", async () => {
        assert.equal(await client.ping(), "PONG");
    });
    return client;
}
