import type * as pulumi from "@pulumi/pulumi";

import { servicesOf, type Store } from "../../layer";
import { endpoints, memcachedHosts, ports } from "../instances";
import { Memcached, type MemcachedArgs } from "./memcached";

/** Memcached's pods as a store (CA-02). */
export function memcachedStore(args: MemcachedArgs, opts: pulumi.ComponentResourceOptions): Store {
    const { ready } = new Memcached("memcached", args, opts);
    const nodes = memcachedHosts(args.config)
        .map((host) => `${host}:${ports.memcached}`)
        .join(",");
    const { memcached } = endpoints;
    return servicesOf({ memcached }, () => ({ ready, settingsOf: () => ({ NODES: nodes, TLS: "true" }) })).memcached;
}
