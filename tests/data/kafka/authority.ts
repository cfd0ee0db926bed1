import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { program } from "../harness/programs";

/** A certificate with its key, as PEM. */
export interface Identity {
    readonly cert: string;
    readonly key: string;
}

/** A certificate authority of one run, as cert-manager or Strimzi has one in the cluster. */
export class TestAuthority {
    /** Certificate of the authority, as PEM. */
    public readonly certificate: string;
    private readonly openssl = program("openssl");

    public constructor(
        private readonly folder: string,
        private readonly name: string,
    ) {
        this.run([
            ...["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-384", "-noenc", "-days", "2"],
            ...["-subj", `/CN=${name}`, "-addext", "basicConstraints=critical,CA:TRUE"],
            ...["-keyout", this.file("ca.key"), "-out", this.file("ca.crt")],
        ]);
        this.certificate = readFileSync(this.file("ca.crt"), "utf8");
    }

    /** Path of the authority's certificate. */
    public get path(): string {
        return this.file("ca.crt");
    }

    /**
     * Issues a certificate.
     *
     * @param subject as OpenSSL writes it, such as `/CN=order`
     */
    public issue(subject: string, usages: "serverAuth" | "clientAuth" | "serverAuth,clientAuth"): Identity {
        const id = subject.replaceAll(/[^a-z0-9]+/gi, "-");
        const [key, cert, extensions] = [this.file(`${id}.key`), this.file(`${id}.crt`), this.file(`${id}.ext`)];
        writeFileSync(extensions, `subjectAltName=DNS:localhost,IP:127.0.0.1\nextendedKeyUsage=${usages}\n`);
        const request = this.run([
            ...[
                "req",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-noenc",
                "-subj",
                subject,
                "-keyout",
                key,
            ],
        ]);
        const signer = ["-CA", this.file("ca.crt"), "-CAkey", this.file("ca.key"), "-CAcreateserial"];
        this.run(["x509", "-req", "-days", "2", ...signer, "-extfile", extensions, "-out", cert], request);
        return { cert: readFileSync(cert, "utf8"), key: readFileSync(key, "utf8") };
    }

    private file(name: string): string {
        return join(this.folder, `${this.name}-${name}`);
    }

    private run(args: readonly string[], input?: string): string {
        return execFileSync(this.openssl, [...args], { encoding: "utf8", input, stdio: ["pipe", "pipe", "ignore"] });
    }
}
