import assert from "node:assert/strict";

import { itemMebibytes, readyScript, startScript } from "../../../../components/cache/memcached/settings";

describe("Memcached's start (CA-02, SC-06)", () => {
    it("leaves 64 MiB and 15 % of the limit for the rest", () => {
        assert.deepEqual(["128Mi", "512Mi", "2Gi"].map(itemMebibytes), [54, 380, 1686]);
    });

    it("is this script in prod", () => {
        const tls = "/etc/memcached/tls";
        assert.equal(
            startScript("2Gi"),
            [
                "#!/bin/sh",
                "refresh() {",
                "    while sleep 60 && kill -0 $$; do",
                "        printf 'refresh_certs\\r\\nquit\\r\\n' | nc 127.0.0.1 11212 >/dev/null",
                "    done",
                "}",
                "refresh &",
                "# -I: an item, such as a product page, has at most 1 MiB. -c: connections of all replicas of the callers.",
                "exec memcached -m 1686 -I 1m -c 4096 -t 2 -U 0 \\",
                "    -l 0.0.0.0:11211,notls:127.0.0.1:11212 \\",
                `    -Z -o ssl_chain_cert=${tls}/tls.crt,ssl_key=${tls}/tls.key,ssl_ca_cert=${tls}/ca.crt,ssl_verify_mode=2,ssl_min_version=2`,
                "",
            ].join("\n"),
        );
    });

    it("is ready when the server answers on the port that the pod alone has", () => {
        assert.equal(
            readyScript,
            "#!/bin/sh\nprintf 'version\\r\\nquit\\r\\n' | timeout 3 nc 127.0.0.1 11212 | grep -q '^VERSION '\n",
        );
    });
});
