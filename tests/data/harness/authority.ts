import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { program } from "./programs";

/** A certificate authority with certificates for one run, as cert-manager's Secrets have them. */
export class Authority {
    constructor(private readonly folder: string) {
        mkdirSync(folder, { recursive: true });
        const extensions = join(folder, "ca.cnf");
        writeFileSync(extensions, "[req]\ndistinguished_name=dn\n[dn]\n[ca]\nbasicConstraints=critical,CA:true\n");
        this.openssl([
            ...["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"],
            ...["-subj", "/CN=authority", "-config", extensions, "-extensions", "ca"],
            ...["-keyout", join(folder, "ca.key"), "-out", join(folder, "ca.crt")],
        ]);
    }

    /** Writes `tls.crt`, `tls.key` and `ca.crt` into a folder. */
    public issue(target: string, commonName: string, names: readonly string[] = []): void {
        mkdirSync(target, { recursive: true });
        const request = join(target, "request.csr");
        const extensions = join(target, "extensions.cnf");
        const alternative = names.map((name) => `${/^[0-9.]+$/.test(name) ? "IP" : "DNS"}:${name}`).join(",");
        writeFileSync(extensions, alternative === "" ? "" : `subjectAltName=${alternative}\n`);
        this.openssl([
            ...["req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"],
            ...["-subj", `/CN=${commonName}`, "-keyout", join(target, "tls.key"), "-out", request],
        ]);
        this.openssl([
            ...["x509", "-req", "-in", request, "-days", "1", "-CAcreateserial", "-extfile", extensions],
            ...["-CA", join(this.folder, "ca.crt"), "-CAkey", join(this.folder, "ca.key")],
            ...["-out", join(target, "tls.crt")],
        ]);
        this.openssl(["x509", "-in", join(this.folder, "ca.crt"), "-out", join(target, "ca.crt")]);
    }

    private openssl(args: readonly string[]): void {
        execFileSync(program("openssl"), args, { stdio: ["ignore", "ignore", "pipe"] });
    }
}
