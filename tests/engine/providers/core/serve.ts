import * as grpc from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import type { Provider } from "./provider";
import { handlers } from "./server";

/** The engine sends whole objects; the default limit of 4 MiB is for chattier protocols. */
const MAX_MESSAGE_BYTES = 400 * 1024 * 1024;

const WATCH_MILLISECONDS = 1000;

async function listen(provider: Provider): Promise<void> {
    const server = new grpc.Server({ "grpc.max_receive_message_length": MAX_MESSAGE_BYTES });
    server.addService(ResourceProviderService, handlers(provider));
    const port = await new Promise<number>((resolve, reject) => {
        server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) => {
            if (error) {
                reject(error);
            } else {
                resolve(bound);
            }
        });
    });
    process.stdout.write(`${port}\n`);
}

/** Serves a provider on a free loopback port and prints that port, which is how the engine finds its plugins. */
export function serve(make: () => Provider): void {
    // An engine that was killed cannot stop its plugins: they notice that they were handed to another parent.
    const engine = process.ppid;
    setInterval(() => {
        if (process.ppid !== engine) {
            process.exit(1);
        }
    }, WATCH_MILLISECONDS).unref();
    listen(make()).catch((error: unknown) => {
        process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
        process.exit(1);
    });
}
