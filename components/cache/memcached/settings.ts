import { quantity } from "../../../config/quantity";
import { ports } from "../instances";

/** Folders of a pod. */
export const folders = { config: "/etc/memcached/config", tls: "/etc/memcached/tls" } as const;

/**
 * MiB of items, Memcached's `-m`: 15 % of the limit besides 64 MiB are for the table of items, connections and TLS. At the
 * limit it evicts the least recently used item of the size (CA-02).
 */
export function itemMebibytes(memory: string): number {
    return Math.floor((quantity(memory) / 2 ** 20 - 64) * 0.85);
}

/**
 * Starts Memcached, and makes it read a renewed certificate: a restart would empty the cache. The port without TLS is on
 * the pod's loopback interface, for this and for the exporter. Read: memcached/memcached, doc/tls.txt.
 */
export function startScript(memory: string): string {
    const { tls } = folders;
    const certificate = [
        `ssl_chain_cert=${tls}/tls.crt`,
        `ssl_key=${tls}/tls.key`,
        `ssl_ca_cert=${tls}/ca.crt`,
        // A client without a certificate of the platform is refused: Memcached has no users (SC-06).
        "ssl_verify_mode=2",
        "ssl_min_version=2",
    ];
    return `#!/bin/sh
refresh() {
    while sleep 60 && kill -0 $$; do
        printf 'refresh_certs\\r\\nquit\\r\\n' | nc 127.0.0.1 ${ports.memcachedLocal} >/dev/null
    done
}
refresh &
# -I: an item, such as a product page, has at most 1 MiB. -c: connections of all replicas of the callers.
exec memcached -m ${itemMebibytes(memory)} -I 1m -c 4096 -t 2 -U 0 \\
    -l 0.0.0.0:${ports.memcached},notls:127.0.0.1:${ports.memcachedLocal} \\
    -Z -o ${certificate.join(",")}
`;
}

/** Succeeds if Memcached answers within 3 seconds. */
export const readyScript = `#!/bin/sh
printf 'version\\r\\nquit\\r\\n' | timeout 3 nc 127.0.0.1 ${ports.memcachedLocal} | grep -q '^VERSION '
`;
