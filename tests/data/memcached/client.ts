import { connect as plain, type Socket } from "node:net";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { connect } from "node:tls";

/** A connection that sends one command at a time. */
export class Client {
    private buffer = "";
    private waiting: { readonly done: (reply: string) => void; readonly failed: (error: Error) => void } | undefined;

    private constructor(private readonly socket: Socket) {
        socket.setEncoding("latin1");
        socket.on("data", (data: string) => {
            this.buffer += data;
            // Every reply that is asked for here ends with one of these.
            if (
                /(^|\r\n)(END|STORED|DELETED|NOT_FOUND|OK|ERROR|VERSION [^\r]*|CLIENT_ERROR[^\r]*|SERVER_ERROR[^\r]*)\r\n$/.test(
                    this.buffer,
                )
            ) {
                this.waiting?.done(this.buffer);
                this.waiting = undefined;
                this.buffer = "";
            }
        });
        const failed = (error: Error) => {
            this.waiting?.failed(error);
            this.waiting = undefined;
        };
        socket.on("error", failed);
        socket.on("close", () => {
            failed(new Error("closed"));
        });
    }

    /** A connection with a client's certificate; the names of servers have no DNS here. */
    public static tls(port: number, folder: string | undefined): Promise<Client> {
        const read = (name: string) => readFileSync(join(folder ?? "", name));
        const files = folder === undefined ? {} : { ca: read("ca.crt"), cert: read("tls.crt"), key: read("tls.key") };
        return new Promise((resolve, reject) => {
            const socket = connect({ host: "127.0.0.1", port, rejectUnauthorized: false, ...files });
            socket.once("error", reject);
            socket.once("secureConnect", () => {
                resolve(new Client(socket));
            });
        });
    }

    /** A connection without TLS. */
    public static plain(port: number): Promise<Client> {
        return new Promise((resolve, reject) => {
            const socket = plain({ host: "127.0.0.1", port });
            socket.once("error", reject);
            socket.once("connect", () => {
                resolve(new Client(socket));
            });
        });
    }

    public send(command: string): Promise<string> {
        return new Promise((done, failed) => {
            this.waiting = { done, failed };
            this.socket.write(`${command}\r\n`, "latin1");
        });
    }

    public set(key: string, value: string): Promise<string> {
        return this.send(`set ${key} 0 3600 ${value.length}\r\n${value}`);
    }

    /** Whether the key is there. */
    public async has(key: string): Promise<boolean> {
        return (await this.send(`get ${key}`)).startsWith("VALUE");
    }

    /** A statistic of the server. */
    public async stat(name: string): Promise<number> {
        return Number(new RegExp(`STAT ${name} (\\d+)`).exec(await this.send("stats"))?.[1]);
    }

    public end(): void {
        this.socket.destroy();
    }
}
