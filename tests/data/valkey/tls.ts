import { readFileSync } from "node:fs";
import { join } from "node:path";
import { connect, type ConnectionOptions, type PeerCertificate, type TLSSocket } from "node:tls";

/** A TLS connection to a member; the name of its certificate is not checked, since members have addresses here. */
function open(address: string, options: ConnectionOptions): TLSSocket {
    return connect({ host: address, port: 6379, rejectUnauthorized: false, ...options });
}

/** The certificate that a member presents. */
export function peerCertificate(address: string, folder: string): Promise<PeerCertificate> {
    const read = (name: string) => readFileSync(join(folder, name));
    return new Promise((resolve, reject) => {
        const socket = open(address, { ca: read("ca.crt"), cert: read("tls.crt"), key: read("tls.key") });
        socket.once("error", reject);
        socket.once("secureConnect", () => {
            resolve(socket.getPeerCertificate());
            socket.destroy();
        });
    });
}

/** Fails as a client without a certificate does: after the handshake, which TLS 1.3 ends before the server checks it. */
export function withoutCertificate(address: string): Promise<string> {
    return new Promise((resolve, reject) => {
        const socket = open(address, {});
        socket.once("error", reject);
        socket.once("data", (data: Buffer) => {
            resolve(data.toString());
            socket.destroy();
        });
        socket.once("secureConnect", () => socket.write("PING\r\n"));
    });
}
