import { randomBytes } from "node:crypto";
import * as http from "node:http";
import type { AddressInfo } from "node:net";
import type { Entry, Store } from "./store";
import type { Bag } from "./value";

/** Environment variable with the store's URL; set by the harness and inherited through the engine. */
export const STORE_VARIABLE = "ENGINE_TEST_STORE";

interface StoreRequest {
    readonly operation: "get" | "list" | "create" | "put" | "delete";
    readonly bucket: string;
    readonly key?: string;
    readonly value?: Bag;
}

async function perform(store: Store, request: StoreRequest): Promise<unknown> {
    const key = request.key ?? "";
    switch (request.operation) {
        case "get":
            return store.get(request.bucket, key);
        case "list":
            return store.list(request.bucket);
        case "create":
            return store.create(request.bucket, key, request.value ?? {});
        case "put":
            return store.put(request.bucket, key, request.value ?? {});
        case "delete":
            return store.delete(request.bucket, key);
    }
}

async function body(message: http.IncomingMessage): Promise<string> {
    const chunks: Buffer[] = [];
    for await (const chunk of message) {
        chunks.push(chunk as Buffer);
    }
    return Buffer.concat(chunks).toString("utf8");
}

export interface StoreServer {
    /** Value of {@link STORE_VARIABLE}. */
    readonly address: string;
    close(): Promise<void>;
}

/** Serves a store on a free loopback port under a random path. */
export async function serveStore(store: Store): Promise<StoreServer> {
    const secret = `/${randomBytes(16).toString("hex")}`;
    const server = http.createServer((request, response) => {
        const answer = async (): Promise<string> => {
            if (request.url !== secret) {
                throw new Error("not found");
            }
            const result = await perform(store, JSON.parse(await body(request)) as StoreRequest);
            return JSON.stringify({ result: result ?? null });
        };
        answer().then(
            (text) => response.end(text),
            (error: unknown) => response.writeHead(500).end(String(error)),
        );
    });
    // Clients keep connections alive. By default Node closes them after 5 s idle, which resets a request that a busy client
    // sends at that time.
    server.keepAliveTimeout = 0;
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    return {
        address: `http://127.0.0.1:${port}${secret}`,
        close: () =>
            new Promise((resolve, reject) => {
                server.close((error) => {
                    if (error) {
                        reject(error);
                    } else {
                        resolve();
                    }
                });
                server.closeAllConnections();
            }),
    };
}

/** Client of a store that {@link serveStore} serves in another process. */
export class RemoteStore implements Store {
    private readonly agent = new http.Agent({ keepAlive: true });

    public constructor(private readonly address: string) {}

    /** The store at {@link STORE_VARIABLE}. @throws Error when it is not set. */
    public static fromEnvironment(): RemoteStore {
        const address = process.env[STORE_VARIABLE];
        if (address === undefined) {
            throw new Error(`${STORE_VARIABLE} is not set; the engine suite sets it for the stand-ins`);
        }
        return new RemoteStore(address);
    }

    private call(request: StoreRequest): Promise<unknown> {
        return new Promise((resolve, reject) => {
            const call = http.request(this.address, { method: "POST", agent: this.agent }, (response) => {
                body(response).then((text) => {
                    if (response.statusCode === 200) {
                        resolve((JSON.parse(text) as { result: unknown }).result);
                    } else {
                        reject(new Error(`store: ${text}`));
                    }
                }, reject);
            });
            call.on("error", reject);
            call.end(JSON.stringify(request));
        });
    }

    public async get(bucket: string, key: string): Promise<Bag | undefined> {
        return ((await this.call({ operation: "get", bucket, key })) as Bag | null) ?? undefined;
    }

    public async list(bucket: string): Promise<readonly Entry[]> {
        return (await this.call({ operation: "list", bucket })) as Entry[];
    }

    public async create(bucket: string, key: string, value: Bag): Promise<boolean> {
        return (await this.call({ operation: "create", bucket, key, value })) as boolean;
    }

    public async put(bucket: string, key: string, value: Bag): Promise<void> {
        await this.call({ operation: "put", bucket, key, value });
    }

    public async delete(bucket: string, key: string): Promise<boolean> {
        return (await this.call({ operation: "delete", bucket, key })) as boolean;
    }
}
