/** A Unix socket's path, or a TCP port of the loopback interface. */
export type Endpoint = string | number;

/** Connections to `listen` are forwarded to `connect`. */
export interface Forward {
    readonly listen: Endpoint;
    readonly connect: Endpoint;
}

/** A port of the program that is reached from outside of its namespace. */
export interface PublishedPort {
    readonly inside: number;
    /** A port of this machine's loopback interface. */
    readonly outside: number;
    readonly socket: string;
}

/** How a program in a network namespace of its own is connected. */
export interface Isolation {
    readonly apiServer: { readonly port: number; readonly socket: string };
    readonly published?: PublishedPort;
    /** Addresses, as a CIDR, that are the namespace's own, such as those of simulated pods. */
    readonly localAddresses?: string;
    /** A TypeScript file that runs in the namespace too. */
    readonly beside?: string;
}

/** What is forwarded outside of the namespace; the API server's socket is the first. */
export function forwardsOutside({ apiServer, published }: Isolation): readonly Forward[] {
    return [
        { listen: apiServer.socket, connect: apiServer.port },
        ...(published === undefined ? [] : [{ listen: published.outside, connect: published.socket }]),
    ];
}

/** What is forwarded in the namespace, where the API server has the same address as outside. */
export function forwardsInside({ apiServer, published }: Isolation): readonly Forward[] {
    return [
        { listen: apiServer.port, connect: apiServer.socket },
        ...(published === undefined ? [] : [{ listen: published.socket, connect: published.inside }]),
    ];
}
