import * as grpc from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import type { Provider } from "./provider";
import { handlers } from "./server";

/** The engine sends whole objects, which exceed the default limit of 4 MiB. */
const MAX_MESSAGE_BYTES = 400 * 1024 * 1024;

const PARENT_CHECK_MILLISECONDS = 1000;

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

/** Serves a provider on a free loopback port, and prints the port for the engine. */
export function serve(make: () => Provider): void {
    // Exit with the engine: a changed parent process id means that it was killed.
    const engine = process.ppid;
    setInterval(() => {
        if (process.ppid !== engine) {
            process.exit(1);
        }
    }, PARENT_CHECK_MILLISECONDS).unref();
    listen(make()).catch((error: unknown) => {
        process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
        process.exit(1);
    });
}
