import { setTimeout as sleep } from "node:timers/promises";

import { RegistryError } from "./error";

/** How requests are sent. */
export interface HttpSettings {
    readonly fetch: typeof fetch;
    /** Maximum time of one request. */
    readonly timeoutMs: number;
    /** Pauses before further attempts; as many attempts as pauses, and one. */
    readonly pausesMs: readonly number[];
}

export const defaultHttp: Omit<HttpSettings, "fetch"> = { timeoutMs: 30_000, pausesMs: [1000, 4000, 10_000] };

/** A complete answer. */
export interface Answer {
    readonly status: number;
    readonly headers: Headers;
    readonly body: Buffer;
}

/** The specification advises registries to accept manifests of up to 4 MiB: larger ones are none. */
const maxBytes = 4 * 2 ** 20;

/** The longest pause that a server may ask for. */
const maxPauseMs = 60_000;

async function bodyOf(response: Response, host: string): Promise<Buffer> {
    const chunks: Uint8Array[] = [];
    let size = 0;
    // The type of the DOM's stream lacks the iterator.
    for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
        size += chunk.length;
        if (size > maxBytes) {
            throw new RegistryError(`${host} sent more than 4 MiB, which is no manifest`);
        }
        chunks.push(chunk);
    }
    return Buffer.concat(chunks);
}

/** The pause that a server asks for in seconds; undefined if it does not, or gives a date. */
function askedPause({ headers }: Answer): number | undefined {
    const seconds = Number(headers.get("retry-after") ?? Number.NaN);
    return Number.isFinite(seconds) && seconds >= 0 ? Math.min(seconds * 1000, maxPauseMs) : undefined;
}

function reasonOf(error: unknown): string {
    if (!(error instanceof Error)) {
        return String(error);
    }
    const { cause } = error;
    return cause instanceof Error && cause.message !== "" ? cause.message : error.message;
}

const isTemporary = (status: number): boolean => status === 408 || status === 429 || status >= 500;

/**
 * Sends a request, again after a pause if the connection fails or the server says that it is overloaded.
 *
 * @throws RegistryError if there is no answer, or no other answer, after the last attempt
 */
export async function send(
    url: URL,
    init: { readonly method?: string; readonly headers: Record<string, string>; readonly body?: URLSearchParams },
    { fetch, timeoutMs, pausesMs }: HttpSettings,
): Promise<Answer> {
    const attempts = pausesMs.length + 1;
    for (let attempt = 0; ; attempt++) {
        let answer: Answer | undefined;
        let problem: string;
        try {
            const response = await fetch(url, { ...init, signal: AbortSignal.timeout(timeoutMs) });
            answer = { status: response.status, headers: response.headers, body: await bodyOf(response, url.host) };
            if (!isTemporary(answer.status)) {
                return answer;
            }
            problem = `answers ${answer.status}`;
        } catch (error) {
            if (error instanceof RegistryError) {
                throw error;
            }
            const timedOut = error instanceof Error && error.name === "TimeoutError";
            problem = timedOut
                ? `does not answer within ${timeoutMs / 1000} s`
                : `cannot be reached (${reasonOf(error)})`;
        }
        const pause = pausesMs[attempt];
        if (pause === undefined) {
            const times = attempts === 1 ? "" : `, ${attempts} times`;
            throw new RegistryError(
                `${url.host} ${problem}${times}; check the network and the proxy, or try again later`,
            );
        }
        await sleep((answer === undefined ? undefined : askedPause(answer)) ?? pause);
    }
}
