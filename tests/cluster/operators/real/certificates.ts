import { createPrivateKey } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { TestAuthority } from "../../../data/kafka/authority";
import type { JsonObject } from "../../control-plane/json";

/** A server's certificate for the loopback interface, with the certificate of its authority. */
export interface ServerCertificate {
    readonly ca: string;
    readonly cert: string;
    readonly key: string;
}

/**
 * Issues a server's certificate by an authority of this run, and writes it to `folder`.
 *
 * @param names of the files, without `.crt` and `.key`; the first is the common name
 */
export function issueServerCertificate(folder: string, ...names: readonly [string, ...string[]]): ServerCertificate {
    mkdirSync(folder, { recursive: true });
    const [name] = names;
    const authority = new TestAuthority(folder, `${name}-authority`);
    const { cert, key: pkcs8 } = authority.issue(`/CN=${name}`, "serverAuth");
    // As cert-manager writes an ECDSA key by default (`privateKey.encoding: PKCS1`). ECK 3.5.0 reads such a key in no other
    // form: "expected an RSA private key but got ...". Read: cloud-on-k8s at v3.5.0, pkg/controller/common/certificates/pem.go.
    const key = createPrivateKey(pkcs8).export({ type: "sec1", format: "pem" }).toString();
    for (const file of names) {
        writeFileSync(join(folder, `${file}.crt`), cert, { mode: 0o600 });
        writeFileSync(join(folder, `${file}.key`), key, { mode: 0o600 });
    }
    return { ca: authority.certificate, cert, key };
}

/** The Secret that cert-manager creates for a Certificate. */
export function certificateSecret(name: string, { ca, cert, key }: ServerCertificate): JsonObject {
    const encoded = (text: string): string => Buffer.from(text).toString("base64");
    return {
        apiVersion: "v1",
        kind: "Secret",
        metadata: { name },
        type: "kubernetes.io/tls",
        data: { "ca.crt": encoded(ca), "tls.crt": encoded(cert), "tls.key": encoded(key) },
    };
}
