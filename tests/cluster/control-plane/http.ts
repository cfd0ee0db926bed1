import * as http from "node:http";
import * as https from "node:https";

/** A request with its deadline. */
export interface HttpRequest {
    readonly url: URL;
    readonly method: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly agent: http.Agent;
    readonly body?: string | undefined;
    /** Deadline for the response, in milliseconds. */
    readonly limitMs: number;
}

/** A complete response, successful or not. */
export interface HttpResponse {
    readonly status: number;
    readonly rawHeaders: readonly string[];
    readonly body: Buffer;
}

/**
 * Sends a request. It is sent once more when the server closed the reused keep-alive connection at the same time, because
 * then the server did not read it.
 *
 * @throws Error that names method and path, on a connection error or when the deadline passes.
 */
export async function send(request: HttpRequest): Promise<HttpResponse> {
    const signal = AbortSignal.timeout(request.limitMs);
    for (;;) {
        const { response, error, retry } = await attempt(request, signal);
        if (response !== undefined) {
            return response;
        }
        if (!retry) {
            const reason = signal.aborted ? `no response in ${request.limitMs} ms` : (error?.message ?? "");
            throw new Error(`${request.method} ${request.url.pathname}: ${reason}`);
        }
    }
}

interface Attempt {
    readonly response?: HttpResponse;
    readonly error?: Error;
    readonly retry?: boolean;
}

function attempt({ url, method, headers, agent, body }: HttpRequest, signal: AbortSignal): Promise<Attempt> {
    const { request } = url.protocol === "https:" ? https : http;
    return new Promise((resolve) => {
        const sent = request(url, { method, headers, agent, signal }, (response) => {
            const parts: Buffer[] = [];
            response.on("data", (part: Buffer) => parts.push(part));
            response.on("error", (error) => {
                resolve({ error });
            });
            response.on("end", () => {
                const { statusCode = 0, rawHeaders } = response;
                resolve({ response: { status: statusCode, rawHeaders, body: Buffer.concat(parts) } });
            });
        });
        sent.on("error", (error: NodeJS.ErrnoException) => {
            const closed = error.code === "ECONNRESET" || error.code === "EPIPE";
            resolve({ error, retry: closed && sent.reusedSocket && !signal.aborted });
        });
        sent.end(body);
    });
}
