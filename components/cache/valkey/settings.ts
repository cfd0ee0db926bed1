import { quantity } from "../../../config/quantity";
import { type Instance, type Member, ports } from "../instances";

/** Folders of a pod. */
export const folders = {
    /** Configuration, scripts and the list of members. */
    config: "/etc/valkey/config",
    /** The users of the server, what a replica gives to its master, and the password of the scripts' own user. */
    users: "/etc/valkey/users",
    /** The certificate, its key and the authority. */
    tls: "/etc/valkey/tls",
    data: "/data",
} as const;

const mebibyte = 2 ** 20;

/** Process, TLS sessions and the replication backlog, in bytes. */
const fixed = 32 * mebibyte;

/**
 * Bytes of data that a process may hold within its limit. An eighth of the limit is for the output buffer of a replica that
 * falls behind. Of the rest, the store with a file leaves a third: a rewrite forks, and each page that is written meanwhile
 * exists twice. The one without leaves a fifth, since it forks for a full copy to a replica only.
 */
export function maxMemory({ memory, appendOnly }: Pick<Instance, "memory" | "appendOnly">): number {
    const limit = quantity(memory);
    const available = limit - limit / 8 - fixed;
    return Math.floor((available * (appendOnly ? 2 : 4)) / (appendOnly ? 3 : 5) / mebibyte) * mebibyte;
}

/** Size of a member's volume, in GiB: the file, its successor during a rewrite, and what is written meanwhile. */
export function volumeGiB({ memory, appendOnly }: Pick<Instance, "memory" | "appendOnly">): number {
    // 4 GiB is the least that every class of volumes has; without a file it holds the member's identity only.
    return appendOnly ? Math.max(4, Math.ceil((4 * quantity(memory)) / 2 ** 30)) : 4;
}

/** The server's configuration. Read: valkey-io/valkey, valkey.conf at 9.1. */
export function valkeyConf(instance: Instance): string {
    const limit = quantity(instance.memory);
    const { config, users, tls, data } = folders;
    return `${[
        "bind * -::*",
        "# No port without TLS (SC-06).",
        "port 0",
        `tls-port ${ports.valkey}`,
        `tls-cert-file ${tls}/tls.crt`,
        `tls-key-file ${tls}/tls.key`,
        `tls-ca-cert-file ${tls}/ca.crt`,
        "# Clients have a certificate of the same authority; what they may do depends on their user.",
        "tls-auth-clients yes",
        "tls-replication yes",
        "tls-cluster yes",
        'tls-protocols "TLSv1.2 TLSv1.3"',
        `aclfile ${users}/users.acl`,
        `include ${users}/replication.conf`,
        "cluster-enabled yes",
        "cluster-config-file nodes.conf",
        "# A master that does not answer for this long, in milliseconds, is replaced.",
        "cluster-node-timeout 5000",
        "# The keys of the other masters stay available when one is lost without a replica.",
        "cluster-require-full-coverage no",
        "# A replica stays with its master: their zones are chosen for it.",
        "cluster-allow-replica-migration no",
        "# Clients are sent to names: addresses change with each restart, and certificates are for names.",
        "cluster-preferred-endpoint-type hostname",
        `dir ${data}`,
        `appendonly ${instance.appendOnly ? "yes" : "no"}`,
        "# At most the writes of one second are lost with a master that has no replica.",
        "appendfsync everysec",
        "# No other snapshots: the file above has every write, and the cluster that evicts may be empty.",
        'save ""',
        `maxmemory ${maxMemory(instance)}`,
        `maxmemory-policy ${instance.eviction}`,
        "# Connections that use much are closed before data is refused or evicted.",
        "maxmemory-clients 5%",
        "repl-diskless-sync-delay 0",
        "repl-backlog-size 16mb",
        `client-output-buffer-limit replica ${limit / 8} ${limit / 32} 60`,
        "tcp-keepalive 60",
        `# ${config} has the scripts that form and heal the cluster.`,
    ].join("\n")}\n`;
}

/** The members, one a line, as the scripts read them: shard, member, DNS name. */
export function memberList(members: readonly Member[]): string {
    return members.map(({ shard, member, host }) => `${shard} ${member} ${host}\n`).join("");
}
