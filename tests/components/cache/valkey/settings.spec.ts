import assert from "node:assert/strict";

import { instancesOf } from "../../../../components/cache/instances";
import { maxMemory, memberList, valkeyConf, volumeGiB } from "../../../../components/cache/valkey/settings";
import { configOf } from "../../layers";

const withoutComments = (text: string): string[] =>
    text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));

const common = [
    "bind * -::*",
    "port 0",
    "tls-port 6379",
    "tls-cert-file /etc/valkey/tls/tls.crt",
    "tls-key-file /etc/valkey/tls/tls.key",
    "tls-ca-cert-file /etc/valkey/tls/ca.crt",
    "tls-auth-clients yes",
    "tls-replication yes",
    "tls-cluster yes",
    'tls-protocols "TLSv1.2 TLSv1.3"',
    "aclfile /etc/valkey/users/users.acl",
    "include /etc/valkey/users/replication.conf",
    "cluster-enabled yes",
    "cluster-config-file nodes.conf",
    "cluster-node-timeout 5000",
    "cluster-require-full-coverage no",
    "cluster-allow-replica-migration no",
    "cluster-preferred-endpoint-type hostname",
    "dir /data",
];
const rest = (maxmemory: number, policy: string) => [
    "appendfsync everysec",
    'save ""',
    `maxmemory ${maxmemory}`,
    `maxmemory-policy ${policy}`,
    "maxmemory-clients 5%",
    "repl-diskless-sync-delay 0",
    "repl-backlog-size 16mb",
    "client-output-buffer-limit replica 268435456 67108864 60",
    "tcp-keepalive 60",
];

describe("valkey.conf (CA-01, CA-06, SC-06, X30)", () => {
    const [state, cache] = instancesOf(configOf("gcp", "prod"));

    it("has every setting of the store of sessions and carts in prod", () => {
        // (2,048 - 256 - 32) MiB, less a third.
        const expected = [...common, "appendonly yes", ...rest(1173 * 2 ** 20, "noeviction")];
        assert.deepEqual(withoutComments(valkeyConf(state!)), expected);
    });

    it("has every setting of the store that evicts in prod", () => {
        // (2,048 - 256 - 32) MiB, less a fifth.
        const expected = [...common, "appendonly no", ...rest(1408 * 2 ** 20, "allkeys-lru")];
        assert.deepEqual(withoutComments(valkeyConf(cache!)), expected);
    });

    it("leaves room for forks and buffers below each limit", () => {
        const mebibytes = (memory: string, appendOnly: boolean) => maxMemory({ memory, appendOnly }) / 2 ** 20;
        const sizes = ["256Mi", "512Mi", "2Gi"];
        assert.deepEqual(
            sizes.map((memory) => [mebibytes(memory, true), mebibytes(memory, false)]),
            [
                [128, 153],
                [277, 332],
                [1173, 1408],
            ],
        );
    });

    it("has volumes for the file and its rewrite, and for an identity alone", () => {
        const of = (memory: string, appendOnly: boolean) => volumeGiB({ memory, appendOnly });
        assert.deepEqual([of("256Mi", true), of("2Gi", true), of("5Gi", true), of("5Gi", false)], [4, 8, 20, 4]);
    });

    it("comes with a list of members", () => {
        const member = { shard: 1, member: 0, name: "v-1-a", host: "v-1-a-0.v", place: 1 };
        assert.equal(
            memberList([member, { ...member, member: 1, host: "v-1-b-0.v" }]),
            "1 0 v-1-a-0.v\n1 1 v-1-b-0.v\n",
        );
    });
});
